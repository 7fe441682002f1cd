import { SimActivatedV1, type PayloadOf } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { IDENTITY_KEYS_BY_ID } from '@absah/person-keys';
import { sealText } from '@absah/sealing';
import { KeyDesk, ServiceUnderTest, type EventBus } from '@absah/test-bed';
import { sampleEvent, sampleSubjectRef, waitFor } from '@absah/testing';
import { dataBalikanService } from '../src/data-balikan.service.js';

type Activation = PayloadOf<typeof SimActivatedV1>;

/** Replicas of data-balikan, and the operator who activates. */
export class BalikanBed {
  readonly bus: EventBus;

  private constructor(
    readonly service: ServiceUnderTest,
    readonly keys: KeyDesk,
  ) {
    this.bus = service.bus;
  }

  static async open(registryUrl: string): Promise<BalikanBed> {
    const keys = new KeyDesk();
    const service = await ServiceUnderTest.prepare(dataBalikanService, {
      ...keys.settings,
      BALIKAN_URL: registryUrl,
      BALIKAN_TOKEN: 'balikan-token',
      INSTITUTION_CODE: '990001',
      INSTITUTION_NAME: 'CONTOH SELULER',
      SWEEP_INTERVAL_MS: '50',
      RETRY_FIRST_DELAY_MS: '100',
      RETRY_LONGEST_DELAY_MS: '300',
    });
    keys.serve(service.bus, IDENTITY_KEYS_BY_ID);
    return new BalikanBed(service, keys);
  }

  activation(nik: string, msisdn: string): Activation {
    const caseId = uuidV7();
    const subjectRef = sampleSubjectRef();
    const key = this.keys.keyOf(subjectRef, 'identity');
    const sealedNik = sealText(key, nik, caseId);
    const sealedMsisdn = sealText(key, msisdn, caseId);
    return sampleEvent(SimActivatedV1, { caseId, subjectRef, sealedNik, sealedMsisdn });
  }

  async publish(activation: Activation): Promise<void> {
    await this.bus.publish(SimActivatedV1, activation);
  }

  async activate(nik: string, msisdn: string): Promise<Activation> {
    const activation = this.activation(nik, msisdn);
    await this.publish(activation);
    return activation;
  }

  async record(caseId: string): Promise<Record<string, unknown>> {
    const sql = 'SELECT * FROM feedback_records WHERE case_id = $1';
    const rows = await this.service.rows<Record<string, unknown>>(sql, caseId);
    if (rows.length !== 1) throw new Error(`${rows.length} records for one case`);
    return rows[0]!;
  }

  async triedInVain(caseId: string): Promise<void> {
    const sql = `SELECT 1 FROM feedback_records WHERE case_id = $1 AND status = 'due' AND attempts >= 2`;
    const tried = async () => (await this.service.rows(sql, caseId)).length > 0;
    await waitFor(tried, { description: 'two tries in vain', timeoutMs: 15_000 });
  }
}
