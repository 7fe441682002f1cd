import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  FaceExtractedV1,
  IdentityMatchedV1,
  IdentityMismatchedV1,
  IdentityParkedV1,
  IdentityRefusedV1,
} from '@absah/contracts';
import { waitFor } from '@absah/testing';
import {
  faceAt,
  SandboxClient,
  startSandbox,
  type SandboxUnderTest,
} from '../../dukcapil-sandbox/test/sandbox-client.js';
import { transactionIdOf } from '../src/application/transaction-id.js';
import { GatewayBed } from './gateway-bed.js';

const NIK = '9999014101900001';

let sandbox: SandboxUnderTest;
let client: SandboxClient;
let bed: GatewayBed;

beforeAll(async () => {
  sandbox = await startSandbox();
  client = new SandboxClient(sandbox);
  await client.enrol(NIK, faceAt(1));
  bed = await GatewayBed.open(sandbox);
  await bed.service.startReplica();
  await bed.service.startReplica();
});
afterAll(async () => {
  await bed?.service.close();
  await sandbox?.dispose();
});

describe('V6 verification of a template at the registry', () => {
  it('announces a match with its score', async () => {
    const { caseId, subjectRef, operatorId, document } = await bed.verify(NIK, faceAt(0.8));
    const matched = await bed.bus.hears(IdentityMatchedV1, caseId);
    expect(matched).toEqual({
      caseId,
      subjectRef,
      operatorId,
      document,
      transactionId: transactionIdOf(caseId),
      matchScore: expect.any(Number),
    });
    expect(matched.matchScore).toBeGreaterThanOrEqual(0.95);
    expect(bed.bus.eventsOf(IdentityMatchedV1, caseId)[0]?.correlationId).toBe(caseId);
  });

  it('announces a mismatch with its score', async () => {
    const { caseId } = await bed.verify(NIK, faceAt(0.1));
    expect((await bed.bus.hears(IdentityMismatchedV1, caseId)).matchScore).toBeLessThan(0.95);
  });

  it('takes a score just below the threshold for somebody else', async () => {
    const { caseId } = await bed.verify(NIK, faceAt(0.473));
    await bed.bus.hears(IdentityMismatchedV1, caseId);
    expect(bed.bus.eventsOf(IdentityMatchedV1, caseId)).toEqual([]);
  });
});

describe('G6 refusals of the registry', () => {
  it.each([
    ['nobody', undefined, '13', 'nik-not-found'],
    ['a deceased person', 'deceased', '11', 'subject-deceased'],
    ['a double record', 'double', '12', 'subject-duplicate'],
    ['an inactive record', 'inactive', '14', 'subject-inactive'],
    ['a record that is not served', 'unprocessable', '08', 'subject-inactive'],
  ])('announces a NIK of %s', async (_, condition, registryCode, reason) => {
    const nik = condition ? '9999014101900002' : '9999014101909999';
    if (condition) await client.enrol(nik, faceAt(1), condition);
    const { caseId, subjectRef } = await bed.verify(nik, faceAt(0.8));
    expect(await bed.bus.hears(IdentityRefusedV1, caseId)).toEqual({
      caseId,
      subjectRef,
      transactionId: transactionIdOf(caseId),
      registryCode,
      reason,
    });
  });
});

describe('G5 access log', () => {
  it('says who asked about whom, when, from where, why and with which answer, and nothing in the clear', async () => {
    const { caseId, subjectRef } = await bed.verify(NIK, faceAt(0.8));
    await bed.bus.hears(IdentityMatchedV1, caseId);
    const [access, ...others] = await bed.accesses(caseId);
    expect(others).toEqual([]);
    expect(access).toMatchObject({
      accessor: 'gateway',
      host: expect.stringMatching(/.+/),
      purpose: 'sim-registration',
      agreement: 'unspecified',
      subject_ref: subjectRef,
      transaction_id: transactionIdOf(caseId),
      answer_code: 'match',
    });
    expect(Date.now() - (access?.['accessed_at'] as Date).getTime()).toBeLessThan(20_000);
    expect(JSON.stringify(access)).not.toContain(NIK);
  });
});

describe('G5 a question whose answer could not be stored', () => {
  const rename = (from: string, to: string) => bed.service.rows(`ALTER TABLE ${from} RENAME TO ${to}`);
  const failed = () => bed.service.logged.some((line) => line.includes('message will be tried again'));

  it('is asked again under the same transaction, and recorded then; nothing was announced before', async () => {
    await rename('registry_accesses', 'registry_accesses_away');
    const { caseId } = await bed.verify(NIK, faceAt(0.8));
    await waitFor(failed, { description: 'the storing to fail' });
    expect(bed.bus.subjectsOf(caseId)).toEqual([]);
    await rename('registry_accesses_away', 'registry_accesses');
    await bed.bus.hears(IdentityMatchedV1, caseId);
    expect(await bed.accesses(caseId)).toMatchObject([
      { transaction_id: transactionIdOf(caseId), answer_code: 'match' },
    ]);
    expect(bed.bus.subjectsOf(caseId)).toEqual([IdentityMatchedV1.subject]);
  });
});

describe('delivery to two replicas', () => {
  it('has one effect when a message comes twice, yet both accesses are on record', async () => {
    const payload = bed.newCase(NIK, faceAt(0.8));
    await bed.bus.publishRepeatedly(FaceExtractedV1, payload, { copies: 2 });
    await bed.bus.settled();
    await bed.bus.hears(IdentityMatchedV1, payload.caseId);
    const accesses = await bed.accesses(payload.caseId);
    expect(bed.bus.eventsOf(IdentityMatchedV1, payload.caseId)).toHaveLength(1);
    expect(accesses.map((access) => access['answer_code'])).toEqual(['match', 'match']);
  });

  it('decides forty cases once each', async () => {
    const cases = Array.from({ length: 40 }, (_, index) => bed.newCase(NIK, faceAt(index % 2 ? 0.8 : 0.1)));
    await Promise.all(cases.map((payload) => bed.bus.publish(FaceExtractedV1, payload)));
    await bed.bus.settled();
    const decided = () => cases.every(({ caseId }) => bed.bus.subjectsOf(caseId).length > 0);
    await waitFor(decided, { description: 'forty decisions' });
    expect(cases.map(({ caseId }) => bed.bus.subjectsOf(caseId))).toEqual(
      cases.map((_, index) => [(index % 2 ? IdentityMatchedV1 : IdentityMismatchedV1).subject]),
    );
  });
});

describe('what cannot be opened', () => {
  it('is parked, never decided and never buried, when a NIK was sealed for another case', async () => {
    const [first, second] = [bed.newCase(NIK, faceAt(0.8)), bed.newCase(NIK, faceAt(0.8))];
    await bed.bus.publish(FaceExtractedV1, { ...first, sealedNik: second.sealedNik });
    await bed.bus.hears(IdentityParkedV1, first.caseId);
    const triedAgain = async () => (await bed.parked()).some((row) => (row['attempts'] as number) >= 3);
    await waitFor(triedAgain, { description: 'two more tries in vain' });
    expect(bed.bus.subjectsOf(first.caseId)).toEqual([IdentityParkedV1.subject]);
    expect(await bed.accesses(first.caseId)).toEqual([]);
    expect(await bed.service.deadLetters()).toEqual([]);
    expect(bed.service.logged.join('')).toContain('SEALING.BROKEN');
  });
});

describe('A3 the log of the gateway', () => {
  it('contains no NIK and no template', () => {
    const lines = bed.service.logged.join('');
    expect(lines).toContain('registry asked');
    // Not any 16 digits: a trace id may have them.
    expect(lines).not.toContain(NIK.slice(0, 12));
    expect(lines).not.toContain(Buffer.from(faceAt(0.8)).toString('base64').slice(0, 20));
  });
});
