import { PersonKeys, type KeysOfPerson } from '@absah/person-keys';
import { keyIdOfText, openText } from '@absah/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { keyMissing } from '../domain/errors.js';
import type { ClaimedRecord, OpenRow } from './ports.js';

type IdentityKeys = ReadonlyMap<string, KeysOfPerson<'identity'> | undefined>;

/** The one place of this service where NIK and number come into the clear. */
@Injectable()
export class SealedRows {
  constructor(@Inject(PersonKeys) private readonly keys: Pick<PersonKeys<'identity'>, 'find'>) {}

  /** A row that does not open must not hold up the others of its batch. */
  async openAll(
    records: readonly ClaimedRecord[],
  ): Promise<{ opened: OpenedRecord[]; broken: BrokenRecord[] }> {
    const opened: OpenedRecord[] = [];
    const broken: BrokenRecord[] = [];
    const keys = await this.keysOf(records);
    for (const record of records) {
      try {
        opened.push({ record, row: open(record, keys) });
      } catch (error) {
        broken.push({ record, error });
      }
    }
    return { opened, broken };
  }

  /** One question for the whole batch. */
  private async keysOf(records: readonly ClaimedRecord[]): Promise<IdentityKeys> {
    const keyIds = [...new Set(records.map(readableKeyId).filter((keyId) => keyId !== undefined))];
    const keys = await this.keys.find(keyIds);
    return new Map(keyIds.map((keyId, index) => [keyId, keys[index]]));
  }
}

/** A row whose head is unreadable says so when it is opened. */
function readableKeyId({ sealedNik }: ClaimedRecord): string | undefined {
  try {
    return keyIdOfText(sealedNik);
  } catch {
    return undefined;
  }
}

function open({ caseId, sealedNik, sealedMsisdn }: ClaimedRecord, keys: IdentityKeys): OpenRow {
  const key = keys.get(keyIdOfText(sealedNik))?.identity;
  if (!key) throw keyMissing();
  return { nik: openText(key, sealedNik, caseId), msisdn: openText(key, sealedMsisdn, caseId) };
}

export interface OpenedRecord {
  readonly record: ClaimedRecord;
  readonly row: OpenRow;
}

export interface BrokenRecord {
  readonly record: ClaimedRecord;
  readonly error: unknown;
}
