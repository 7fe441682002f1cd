import { PersonKeys, type Found, type KeysOfPerson } from '@absah/person-keys';
import { keyIdOfText, openText } from '@absah/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { keyMissing } from '../domain/errors.js';
import type { ClaimedRecord, OpenRow } from './ports.js';

type IdentityKeys = ReadonlyMap<string, Found<KeysOfPerson<'identity'>>>;

/** The one place of this service where NIK and number come into the clear. */
@Injectable()
export class SealedRows {
  constructor(@Inject(PersonKeys) private readonly keys: Pick<PersonKeys<'identity'>, 'lookUp'>) {}

  /** A row that does not open must not hold up the others of its batch. */
  async openAll(records: readonly ClaimedRecord[]): Promise<OpenedBatch> {
    const opened: OpenedRecord[] = [];
    const broken: BrokenRecord[] = [];
    const keys = await this.keysOf(records);
    const forgotten = records.filter((record) => keys.get(readableKeyId(record) ?? '') === 'destroyed');
    for (const record of records.filter((one) => !forgotten.includes(one))) {
      try {
        opened.push({ record, row: open(record, keys) });
      } catch (error) {
        broken.push({ record, error });
      }
    }
    return { opened, broken, forgotten };
  }

  /** One question for the whole batch. */
  private async keysOf(records: readonly ClaimedRecord[]): Promise<IdentityKeys> {
    const keyIds = [...new Set(records.map(readableKeyId).filter((keyId) => keyId !== undefined))];
    const keys = await this.keys.lookUp(keyIds);
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
  const found = keys.get(keyIdOfText(sealedNik));
  if (!found || found === 'destroyed') throw keyMissing();
  const { identity } = found;
  return { nik: openText(identity, sealedNik, caseId), msisdn: openText(identity, sealedMsisdn, caseId) };
}

export interface OpenedBatch {
  readonly opened: readonly OpenedRecord[];
  readonly broken: readonly BrokenRecord[];
  /** Their keys were destroyed. */
  readonly forgotten: readonly ClaimedRecord[];
}

export interface OpenedRecord {
  readonly record: ClaimedRecord;
  readonly row: OpenRow;
}

interface BrokenRecord {
  readonly record: ClaimedRecord;
  readonly error: unknown;
}
