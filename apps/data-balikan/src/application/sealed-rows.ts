import { openText, Sealer } from '@absah/sealing';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { DataBalikanConfig } from '../config.js';
import type { ClaimedRecord, OpenRow } from './ports.js';

/** The one place of this service where NIK and number come into the clear. */
@Injectable()
export class SealedRows {
  private readonly identities: Sealer;

  constructor(@Inject(SERVICE_CONFIG) config: DataBalikanConfig) {
    this.identities = new Sealer('identity', config.IDENTITY_KEY.reveal());
  }

  /** A row that does not open must not hold up the others of its batch. */
  openAll(records: readonly ClaimedRecord[]): { opened: OpenedRecord[]; broken: BrokenRecord[] } {
    const opened: OpenedRecord[] = [];
    const broken: BrokenRecord[] = [];
    for (const record of records) {
      try {
        opened.push({ record, row: this.open(record) });
      } catch (error) {
        broken.push({ record, error });
      }
    }
    return { opened, broken };
  }

  private open({ caseId, sealedNik, sealedMsisdn }: ClaimedRecord): OpenRow {
    return {
      nik: openText(this.identities, sealedNik, caseId),
      msisdn: openText(this.identities, sealedMsisdn, caseId),
    };
  }
}

export interface OpenedRecord {
  readonly record: ClaimedRecord;
  readonly row: OpenRow;
}

export interface BrokenRecord {
  readonly record: ClaimedRecord;
  readonly error: unknown;
}
