import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FaceExtractedV1, IdentityMatchedV1, IdentityParkedV1 } from '@absah/contracts';
import { waitFor } from '@absah/testing';
import {
  faceAt,
  SandboxClient,
  startSandbox,
  type SandboxUnderTest,
} from '../../dukcapil-sandbox/test/sandbox-client.js';
import { GatewayBed } from './gateway-bed.js';

const NIK = '9999014101900001';
const LIMIT_MS = 60_000;

let sandbox: SandboxUnderTest;
let client: SandboxClient;
let bed: GatewayBed;

beforeAll(async () => {
  sandbox = await startSandbox({ HANG_MS: '2000' });
  client = new SandboxClient(sandbox);
  await client.enrol(NIK, faceAt(1));
  bed = await GatewayBed.open(sandbox);
});
afterEach(() => bed.service.stopReplicas());
afterAll(async () => {
  await bed?.service.close();
  await sandbox?.dispose();
});

async function parkedTwice(): Promise<void> {
  const twice = async () => (await bed.parked()).some((row) => (row['attempts'] as number) >= 2);
  await waitFor(twice, { description: 'a second try in vain' });
}

describe('V9 a registry that cannot answer', () => {
  it.each([
    ['hang', 'timed-out', { REGISTRY_TIMEOUT_MS: '300' }],
    ['outage', 'unreachable', {}],
    ['busy', 'busy', {}],
    ['quota-used-up', 'access-refused', {}],
    ['outside-hours', 'access-refused', {}],
  ])('parks on condition %s, tries again, and matches once it is lifted', async (condition, cause, env) => {
    await bed.service.startReplica(env);
    await client.script(NIK, condition);
    const { caseId, subjectRef } = await bed.verify(NIK, faceAt(0.8));
    const parked = await bed.bus.hears(IdentityParkedV1, caseId);
    expect(parked).toEqual({ caseId, subjectRef, cause, retryAt: expect.any(String) });
    await parkedTwice();
    expect(bed.bus.eventsOf(IdentityMatchedV1, caseId)).toEqual([]);
    await client.script(NIK, 'none');
    await bed.bus.hears(IdentityMatchedV1, caseId);
    expect(bed.bus.subjectsOf(caseId)).toEqual([IdentityParkedV1.subject, IdentityMatchedV1.subject]);
    expect(bed.bus.eventsOf(IdentityMatchedV1, caseId)[0]?.correlationId).toBe(caseId);
    expect(await bed.parked()).toEqual([]);
    expect((await bed.accesses(caseId)).at(-1)).toMatchObject({ answer_code: 'match' });
  });

  it('parks while the registry is down, across a restart of its own, and drains when it is back', async () => {
    await bed.service.startReplica();
    await sandbox.down();
    const cases = await Promise.all(Array.from({ length: 12 }, () => bed.verify(NIK, faceAt(0.8))));
    for (const { caseId } of cases) await bed.bus.hears(IdentityParkedV1, caseId);
    expect(await bed.parked()).toHaveLength(12);
    await bed.service.stopReplicas();
    await sandbox.up();
    await Promise.all([bed.service.startReplica(), bed.service.startReplica()]);
    for (const { caseId } of cases) await bed.bus.hears(IdentityMatchedV1, caseId);
    for (const { caseId } of cases) {
      expect(bed.bus.subjectsOf(caseId)).toEqual([IdentityParkedV1.subject, IdentityMatchedV1.subject]);
    }
    expect(await bed.parked()).toEqual([]);
  });

  it('keeps only ids and sealed values of a parked case', async () => {
    await bed.service.startReplica();
    await client.script(NIK, 'busy');
    const { caseId, sealedNik, templateId } = await bed.verify(NIK, faceAt(0.8));
    await bed.bus.hears(IdentityParkedV1, caseId);
    const [row] = await bed.parked();
    expect(row).toMatchObject({ sealed_nik: sealedNik, template_id: templateId });
    expect(JSON.stringify(row)).not.toContain(NIK);
    await client.script(NIK, 'none');
    await bed.bus.hears(IdentityMatchedV1, caseId);
  });

  it('takes over what a dead replica had claimed', async () => {
    await sandbox.down();
    await bed.service.startReplica();
    const { caseId } = await bed.verify(NIK, faceAt(0.8));
    await bed.bus.hears(IdentityParkedV1, caseId);
    await bed.service.stopReplicas();
    await bed.service.rows(
      `UPDATE parked_cases SET claim = gen_random_uuid(), next_attempt_at = now() + interval '600 milliseconds'`,
    );
    await sandbox.up();
    await bed.service.startReplica();
    await bed.bus.hears(IdentityMatchedV1, caseId);
  });
});

describe('a case that ended while it was parked', () => {
  async function parkWhileBusy(): Promise<string> {
    await client.script(NIK, 'busy');
    const { caseId } = await bed.verify(NIK, faceAt(0.8));
    await bed.bus.hears(IdentityParkedV1, caseId);
    return caseId;
  }

  it('G5 is forgotten without another question, while those beside it go on', async () => {
    await bed.service.startReplica();
    const [ended, open] = [await parkWhileBusy(), await parkWhileBusy()];
    await bed.service.stopReplicas();
    bed.over.add(ended);
    const asked = (await bed.accesses(ended)).length;
    await client.script(NIK, 'none');
    await bed.service.startReplica();
    await bed.bus.hears(IdentityMatchedV1, open);
    const none = async () => (await bed.parked()).length === 0;
    await waitFor(none, { description: 'both to leave the parking place' });
    expect(await bed.accesses(ended)).toHaveLength(asked);
    expect(bed.bus.subjectsOf(ended)).toEqual([IdentityParkedV1.subject]);
  });

  it.each(['is silent', 'fails'] as const)(
    'V9 is asked about as ever while the intake %s',
    async (intake) => {
      await bed.service.startReplica();
      const caseId = await parkWhileBusy();
      bed.letIntake(intake);
      await parkedTwice();
      await client.script(NIK, 'none');
      await bed.bus.hears(IdentityMatchedV1, caseId);
      expect(bed.service.logged.join('')).toContain('not known which parked cases are over');
      bed.letIntake('answers');
    },
  );
});

describe('a case that waited in the stream for longer than it may', () => {
  /** While no replica ran. */
  async function extractedAgo(milliseconds: number): Promise<string> {
    const extracted = bed.newCase(NIK, faceAt(0.8));
    const occurredAt = new Date(Date.now() - milliseconds);
    await bed.bus.publish(FaceExtractedV1, extracted, { occurredAt });
    return extracted.caseId;
  }

  it('V9 is parked first and matched then, while one that is younger is asked about at once', async () => {
    const [late, young] = [await extractedAgo(LIMIT_MS), await extractedAgo(0)];
    await bed.service.startReplica();
    for (const caseId of [late, young]) await bed.bus.hears(IdentityMatchedV1, caseId);
    expect(bed.bus.subjectsOf(late)).toEqual([IdentityParkedV1.subject, IdentityMatchedV1.subject]);
    expect(bed.bus.subjectsOf(young)).toEqual([IdentityMatchedV1.subject]);
    expect(await bed.accesses(late)).toHaveLength(1);
  });

  it('G5 is forgotten without a question when it is over by now', async () => {
    const ended = await extractedAgo(LIMIT_MS);
    bed.over.add(ended);
    await bed.service.startReplica();
    await bed.bus.hears(IdentityParkedV1, ended);
    const none = async () => (await bed.parked()).length === 0;
    await waitFor(none, { description: 'it to leave the parking place' });
    expect(await bed.accesses(ended)).toEqual([]);
    expect(bed.bus.subjectsOf(ended)).toEqual([IdentityParkedV1.subject]);
  });
});

describe('V9 values that cannot be had', () => {
  it.each(['is silent', 'fails'] as const)('park while the owner of the template %s', async (owner) => {
    await bed.service.startReplica();
    bed.letTemplateOwner(owner);
    const { caseId } = await bed.verify(NIK, faceAt(0.8));
    expect((await bed.bus.hears(IdentityParkedV1, caseId)).cause).toBe('unreachable');
    await parkedTwice();
    expect(await bed.accesses(caseId)).toEqual([]);
    bed.letTemplateOwner('answers');
    await bed.bus.hears(IdentityMatchedV1, caseId);
    expect(bed.bus.subjectsOf(caseId)).toEqual([IdentityParkedV1.subject, IdentityMatchedV1.subject]);
    expect(await bed.service.deadLetters()).toEqual([]);
  });

  it('park while privacy is away, which holds the keys', async () => {
    await bed.service.startReplica();
    bed.keys.let('is silent');
    const { caseId } = await bed.verify(NIK, faceAt(0.8));
    expect((await bed.bus.hears(IdentityParkedV1, caseId)).cause).toBe('unreachable');
    await parkedTwice();
    const lines = bed.service.logged.filter((line) => line.includes(caseId));
    expect(lines.join('')).toContain('PERSON_KEYS.UNAVAILABLE');
    bed.keys.let('answers');
    await bed.bus.hears(IdentityMatchedV1, caseId);
    expect(await bed.service.deadLetters()).toEqual([]);
  });

  it('park for ever, and in sight, when the key of the person was destroyed (A6)', async () => {
    await bed.service.startReplica({ PARK_LONGEST_DELAY_MS: '600000' });
    const extracted = bed.newCase(NIK, faceAt(0.8));
    bed.keys.destroy(extracted.subjectRef);
    await bed.bus.publish(FaceExtractedV1, extracted);
    await bed.bus.hears(IdentityParkedV1, extracted.caseId);
    expect(bed.service.logged.join('')).toContain('PERSON_KEYS.DESTROYED');
    await bed.service.rows('DELETE FROM parked_cases');
  });

  it('keep the service from starting when its transport key is another one than privacy holds', async () => {
    const other = randomBytes(32).toString('base64');
    await expect(bed.service.startReplica({ TRANSPORT_KEY: other })).rejects.toMatchObject({
      code: 'PERSON_KEYS.TRANSPORT_KEY_WRONG',
    });
  });

  it('back off to the longest delay, not to the lease, when only a person can mend them', async () => {
    await bed.service.startReplica();
    await client.script(NIK, 'busy');
    const { caseId } = await bed.verify(NIK, faceAt(0.8));
    await bed.bus.hears(IdentityParkedV1, caseId);
    await bed.service.stopReplicas();
    const [before] = await bed.parked();
    await bed.service.rows(`UPDATE parked_cases SET sealed_nik = 'AAAA', next_attempt_at = now()`);
    await bed.service.startReplica({ PARK_LONGEST_DELAY_MS: '600000' });
    const postponed = async () =>
      (await bed.parked()).find((row) => row['attempts'] !== before?.['attempts']);
    const after = await waitFor(postponed, { description: 'a try in vain' });
    expect(after).toMatchObject({ attempts: (before?.['attempts'] as number) + 1, claim: null });
    expect((after['next_attempt_at'] as Date).getTime() - Date.now()).toBeGreaterThan(500_000);
    await bed.service.rows('DELETE FROM parked_cases');
    await client.script(NIK, 'none');
  });
});

describe('V9 credentials that the registry refuses', () => {
  it.each([
    ['a wrong password', { IKD_PASSWORD: 'guess' }],
    ['a wrong user', { IKD_USER: 'guess' }],
  ])('park on %s and reject nobody', async (_, env) => {
    await bed.service.startReplica(env);
    const { caseId } = await bed.verify(NIK, faceAt(0.8));
    expect((await bed.bus.hears(IdentityParkedV1, caseId)).cause).toBe('access-refused');
    await parkedTwice();
    expect(bed.bus.subjectsOf(caseId)).toEqual([IdentityParkedV1.subject]);
    expect((await bed.accesses(caseId))[0]).toMatchObject({ answer_code: '03' });
    expect(bed.service.logged.join('')).toContain('registry does not accept our requests');
    await bed.service.stopReplicas();
    await bed.service.startReplica();
    await bed.bus.hears(IdentityMatchedV1, caseId);
  });
});
