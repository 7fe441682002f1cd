import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordAcceptedV1, RecordRejectedV1, SimActivatedV1 } from '@absah/contracts';
import { waitFor } from '@absah/testing';
import {
  faceAt,
  SandboxClient,
  startSandbox,
  type SandboxUnderTest,
} from '../../dukcapil-sandbox/test/sandbox-client.js';
import { BalikanBed } from './balikan-bed.js';

const NIK = '9999014101900001';
const UNKNOWN_NIK = '9999014101909999';

let sandbox: SandboxUnderTest;
let client: SandboxClient;
let bed: BalikanBed;
let lastPhone = 6_281_200_000_000;

const newPhone = () => String((lastPhone += 1));

beforeAll(async () => {
  sandbox = await startSandbox();
  client = new SandboxClient(sandbox);
  await client.enrol(NIK, faceAt(1));
  bed = await BalikanBed.open(sandbox.url());
});
afterEach(() => bed.service.stopReplicas());
afterAll(async () => {
  await bed?.service.close();
  await sandbox?.dispose();
});

async function receivedCount(nik = NIK): Promise<number> {
  return (await client.received(nik)).body['total'] as number;
}

describe('B1 a SIM was activated', () => {
  it('sends NIK and number to the registry and announces it', async () => {
    await bed.service.startReplica();
    const { caseId, subjectRef } = await bed.activate(NIK, newPhone());
    const accepted = await bed.bus.hears(RecordAcceptedV1, caseId);
    const record = await bed.record(caseId);
    expect(accepted).toEqual({ caseId, subjectRef, recordId: record['id'], answer: 'stored' });
    expect(bed.bus.eventsOf(RecordAcceptedV1, caseId)[0]?.correlationId).toBe(caseId);
    const { body } = await client.received(NIK);
    expect(body['rows']).toEqual([
      expect.objectContaining({ institution: '990001', nik: '9999*********001', phone: '6281******001' }),
    ]);
  });

  it('keeps no identity of an accepted record, and none of it in the log', async () => {
    await bed.service.startReplica();
    const phone = newPhone();
    const { caseId } = await bed.activate(NIK, phone);
    await bed.bus.hears(RecordAcceptedV1, caseId);
    expect(await bed.record(caseId)).toMatchObject({
      status: 'accepted',
      answer: 'stored',
      sealed_nik: null,
      sealed_msisdn: null,
    });
    expect(bed.service.logged.join('')).toContain('feedback sent');
    expect(bed.service.logged.join('')).not.toContain(NIK);
    expect(bed.service.logged.join('')).not.toContain(phone);
  });
});

describe('B2 nothing lost, nothing double', () => {
  it('counts "already sent" as success', async () => {
    await bed.service.startReplica();
    const phone = newPhone();
    const first = await bed.activate(NIK, phone);
    await bed.bus.hears(RecordAcceptedV1, first.caseId);
    const before = await receivedCount();
    const second = await bed.activate(NIK, phone);
    expect((await bed.bus.hears(RecordAcceptedV1, second.caseId)).answer).toBe('already-sent');
    expect(await receivedCount()).toBe(before);
  });

  it('has one effect when a message comes twice', async () => {
    await bed.service.startReplica();
    await bed.service.startReplica();
    const payload = bed.activation(NIK, newPhone());
    await bed.bus.publishRepeatedly(SimActivatedV1, payload, { copies: 2 });
    await bed.bus.settled();
    await bed.bus.hears(RecordAcceptedV1, payload.caseId);
    expect(bed.bus.subjectsOf(payload.caseId)).toEqual([RecordAcceptedV1.subject]);
    expect(await bed.record(payload.caseId)).toMatchObject({ status: 'accepted' });
  });

  it('finds the bad row in the middle of a batch, rejects it alone and stores the others', async () => {
    await sandbox.down();
    await bed.service.startReplica();
    const rows = Array.from({ length: 9 }, (_, index) =>
      bed.activation(index === 4 ? UNKNOWN_NIK : NIK, newPhone()),
    );
    for (const row of rows) await bed.publish(row);
    await bed.bus.settled();
    await sandbox.up();
    const rejected = await bed.bus.hears(RecordRejectedV1, rows[4]!.caseId);
    for (const row of rows.toSpliced(4, 1)) {
      expect((await bed.bus.hears(RecordAcceptedV1, row.caseId)).answer).toBe('stored');
    }
    expect(rejected).toMatchObject({ cause: 'nik-unknown', subjectRef: rows[4]!.subjectRef });
    expect(await bed.record(rows[4]!.caseId)).toMatchObject({
      status: 'rejected',
      answer: 'nik-unknown',
      sealed_nik: rows[4]!.sealedNik,
    });
    expect(await receivedCount(UNKNOWN_NIK)).toBe(0);
  });

  it('keeps rows due while the registry is down, across a restart of its own', async () => {
    await sandbox.down();
    await bed.service.startReplica();
    const { caseId } = await bed.activate(NIK, newPhone());
    await bed.triedInVain(caseId);
    await bed.service.stopReplicas();
    await sandbox.up();
    await bed.service.startReplica();
    expect((await bed.bus.hears(RecordAcceptedV1, caseId)).answer).toBe('stored');
  });

  it.each([
    ['a wrong token', { BALIKAN_TOKEN: 'guess' }],
    ['a wrong address', { BALIKAN_URL: '/elsewhere' }],
  ])('keeps rows due on %s, and says so', async (_, env) => {
    const settings = 'BALIKAN_URL' in env ? { BALIKAN_URL: sandbox.url() + env.BALIKAN_URL } : env;
    await bed.service.startReplica(settings);
    const { caseId } = await bed.activate(NIK, newPhone());
    await bed.triedInVain(caseId);
    expect(bed.bus.subjectsOf(caseId)).toEqual([]);
    expect(bed.service.logged.join('')).toContain('registry does not accept our feedback calls');
    await bed.service.stopReplicas();
    await bed.service.startReplica();
    await bed.bus.hears(RecordAcceptedV1, caseId);
  });

  it('sends a batch of one number for two cases: one stored, one already sent', async () => {
    await sandbox.down();
    await bed.service.startReplica();
    const phone = newPhone();
    const pair = [bed.activation(NIK, phone), bed.activation(NIK, phone)];
    for (const row of pair) await bed.publish(row);
    await bed.bus.settled();
    await sandbox.up();
    const answers = await Promise.all(pair.map(({ caseId }) => bed.bus.hears(RecordAcceptedV1, caseId)));
    expect(answers.map(({ answer }) => answer).sort()).toEqual(['already-sent', 'stored']);
  });

  it('keeps rows due while privacy is away, and sends them when it is back', async () => {
    bed.keys.let('is silent');
    await bed.service.startReplica();
    const { caseId } = await bed.activate(NIK, newPhone());
    await bed.triedInVain(caseId);
    bed.keys.let('answers');
    await bed.bus.hears(RecordAcceptedV1, caseId);
  });

  it('ends a row whose key was destroyed, and says why (A6)', async () => {
    await bed.service.startReplica();
    const [forgotten, other] = [bed.activation(NIK, newPhone()), bed.activation(NIK, newPhone())];
    bed.keys.destroy(forgotten.subjectRef);
    await bed.publish(forgotten);
    await bed.publish(other);
    expect(await bed.bus.hears(RecordRejectedV1, forgotten.caseId)).toMatchObject({ cause: 'key-destroyed' });
    expect(await bed.record(forgotten.caseId)).toMatchObject({ status: 'rejected', answer: 'key-destroyed' });
    await bed.bus.hears(RecordAcceptedV1, other.caseId);
  });

  it('lets a row that does not open hold up nobody', async () => {
    await bed.service.startReplica();
    const [bad, good] = [bed.activation(NIK, newPhone()), bed.activation(NIK, newPhone())];
    await bed.publish({ ...bad, sealedNik: good.sealedNik });
    await bed.publish(good);
    await bed.bus.hears(RecordAcceptedV1, good.caseId);
    await bed.triedInVain(bad.caseId);
    expect(bed.service.logged.join('')).toContain('feedback record does not open');
    await bed.service.rows('DELETE FROM feedback_records WHERE case_id = $1', bad.caseId);
  });
});

describe('B2 two replicas', () => {
  it('never send one row twice', async () => {
    const before = await receivedCount();
    await bed.service.startReplica({ BATCH_ROWS: '7' });
    await bed.service.startReplica({ BATCH_ROWS: '7' });
    const rows = Array.from({ length: 120 }, () => bed.activation(NIK, newPhone()));
    await Promise.all(rows.map((row) => bed.publish(row)));
    const answers = await Promise.all(rows.map(({ caseId }) => bed.bus.hears(RecordAcceptedV1, caseId)));
    // A row sent by both would be "already sent" for the slower one.
    expect(new Set(answers.map(({ answer }) => answer))).toEqual(new Set(['stored']));
    expect(rows.every(({ caseId }) => bed.bus.subjectsOf(caseId).length === 1)).toBe(true);
    expect(await receivedCount()).toBe(before + 120);
  });

  it('take over what a dead replica had claimed and sent: already sent is success', async () => {
    await sandbox.down();
    await bed.service.startReplica();
    const phone = newPhone();
    const { caseId } = await bed.activate(NIK, phone);
    await bed.triedInVain(caseId);
    await bed.service.stopReplicas();
    await sandbox.up();
    const body = [
      { id_lembaga: '990001', nama_lembaga: 'CONTOH', data: [{ NIK, param: [{ NO_HP: phone }] }] },
    ];
    await client.call('POST', '/databalikan/api/store', 'Bearer balikan-token', body);
    await bed.service.rows(
      `UPDATE feedback_records SET claim = gen_random_uuid(), next_attempt_at = now() + interval '500 milliseconds'
       WHERE case_id = $1`,
      caseId,
    );
    await bed.service.startReplica();
    expect((await bed.bus.hears(RecordAcceptedV1, caseId)).answer).toBe('already-sent');
  });
});

describe('the wake-up', () => {
  it('sends at once, not at the next sweep', async () => {
    await bed.service.startReplica({ SWEEP_INTERVAL_MS: '60000' });
    await waitFor(() => bed.service.logged.length > 0, { description: 'the start' });
    const { caseId } = await bed.activate(NIK, newPhone());
    await bed.bus.hears(RecordAcceptedV1, caseId);
    expect(bed.bus.subjectsOf(caseId)).toEqual([RecordAcceptedV1.subject]);
  });
});
