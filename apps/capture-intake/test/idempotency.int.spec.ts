import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  IdentityMatchedV1,
  IdentityMismatchedV1,
  SimActivatedV1,
  SlotReservedV1,
  type VerificationView,
} from '@absah/contracts';
import { sampleEvent, waitFor } from '@absah/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KeyState } from '../src/application/idempotency.js';
import { IdempotencyRepository } from '../src/persistence/idempotency.repository.js';
import { IntakeBed, type Submitted } from './intake-bed.js';
import { formOf, goodRequest, type Answer, type IntakeClient } from './intake-client.js';
import { jpegOf } from './pictures.js';

const LEASE_MS = 1_500;

let bed: IntakeBed;
/** Two replicas: no key is safe in the memory of one. */
let clients: readonly [IntakeClient, IntakeClient];
let sent: { 'idempotency-key': string };

beforeAll(async () => {
  bed = await IntakeBed.open();
  const settings = { IDEMPOTENCY_LEASE_MS: String(LEASE_MS) };
  clients = [await bed.startClient(settings), await bed.startClient(settings)];
});
beforeEach(() => {
  sent = { 'idempotency-key': randomUUID() };
});
afterAll(() => bed?.service.close());

/** All that a client can act on. */
function told({ status, headers, body }: Answer<unknown>) {
  const named = ['location', 'retry-after', 'preference-applied', 'content-type'].map((name) => [
    name,
    headers.get(name),
  ]);
  return { status, body, headers: Object.fromEntries(named) as Record<string, string | null> };
}

function expectRefusal(answer: Answer<unknown>, status: number, code: string): void {
  expect(answer).toMatchObject({ status, body: { code } });
}

async function decide({ caseId, subjectRef }: Submitted): Promise<void> {
  await bed.bus.publish(IdentityMismatchedV1, sampleEvent(IdentityMismatchedV1, { caseId, subjectRef }));
}

async function approve({ caseId, subjectRef }: Submitted): Promise<void> {
  const expiresAt = new Date(Date.now() + 900_000).toISOString();
  await bed.bus.publish(IdentityMatchedV1, sampleEvent(IdentityMatchedV1, { caseId, subjectRef }));
  await bed.bus.publish(SlotReservedV1, sampleEvent(SlotReservedV1, { caseId, subjectRef, expiresAt }));
  await waitFor(async () => (await clients[0].read(caseId)).body.status === 'approved', {
    description: 'the approval',
  });
}

/** Every attempt gets as far as the case, and no further until `work` is over. */
async function whileNoCaseCanBeStored(work: () => Promise<void>): Promise<void> {
  await bed.service.database.transaction(async (manager) => {
    await manager.query('LOCK TABLE cases IN SHARE MODE');
    await work();
  });
}

describe('a request that is sent again with its Idempotency-Key (U1)', () => {
  it('opens one case and gets the same reply, at any replica and in another multipart body', async () => {
    const before = await bed.traces();
    const [first, second] = [await clients[0].post(formOf(), sent), await clients[1].post(formOf(), sent)];
    expect(first.status).toBe(202);
    expect(told(second)).toEqual(told(first));
    expect(await bed.traces()).toEqual({
      ...before,
      cases: before.cases + 1,
      outbox: before.outbox + 1,
      captures: before.captures + 1,
    });
  });

  it('gets the decision, when the first got it', async () => {
    const waiting = { ...sent, prefer: 'wait=10' };
    const next = bed.nextSubmission();
    const first = clients[0].post(formOf(), waiting);
    await decide(await next);
    expect(told(await first)).toMatchObject({ status: 201, body: { status: 'rejected' } });
    expect(told(await clients[1].post(formOf(), waiting))).toEqual(told(await first));
  });

  it('gets what the first got, although the case went on', async () => {
    const first = await clients[0].post<VerificationView>(formOf(), sent);
    await decide(await bed.submission(first.body));
    await waitFor(async () => (await clients[0].read(first.body.id)).body.status === 'rejected', {
      description: 'the decision',
    });
    expect(told(await clients[0].post(formOf(), sent))).toEqual(told(first));
  });

  it('is told to wait while the first is worked on', async () => {
    const next = bed.nextSubmission();
    const first = clients[0].post(formOf(), { ...sent, prefer: 'wait=10' });
    const submitted = await next;
    const early = await clients[1].post(formOf(), sent);
    expectRefusal(early, 409, 'INTAKE.IDEMPOTENCY_KEY_IN_FLIGHT');
    expect(early.headers.get('retry-after')).toBe('1');
    await decide(submitted);
    expect((await first).status).toBe(201);
  });

  it.each([
    ['another person', { request: { ...goodRequest, nik: '9999014101900002' } }],
    ['another picture', { image: jpegOf(1280, 960, 20_001) }],
    ['a frame more', { frames: [jpegOf(640, 480, 2_000)] }],
  ])('is refused with %s', async (_, parts) => {
    await clients[0].post(formOf(), sent);
    const before = await bed.traces();
    expectRefusal(await clients[1].post(formOf(parts), sent), 422, 'INTAKE.IDEMPOTENCY_KEY_REUSED');
    expect(await bed.traces()).toEqual(before);
  });

  it('shares no key with another operator, nor with another operation', async () => {
    const first = await clients[0].post<VerificationView>(formOf(), sent);
    const others = await clients[0].withKey('key-of-b').post<VerificationView>(formOf(), sent);
    expect(others).toMatchObject({ status: 202 });
    expect(others.body.id).not.toBe(first.body.id);
    expect((await clients[0].challenge(sent)).status).toBe(201);
  });

  it('after a refusal may be corrected under the same key', async () => {
    const wrong = formOf({ request: { ...goodRequest, nik: '1' } });
    expect((await clients[0].post(wrong, sent)).status).toBe(422);
    expect((await clients[1].post(formOf(), sent)).status).toBe(202);
  });

  it('after a failure of ours is worked on', async () => {
    await bed.service.rows('ALTER TABLE cases RENAME TO cases_away');
    expect((await clients[0].post(formOf(), sent)).status).toBe(500);
    await bed.service.rows('ALTER TABLE cases_away RENAME TO cases');
    expect((await clients[1].post(formOf(), sent)).status).toBe(202);
  });

  it('activates once, and says so each time', async () => {
    const { body } = await clients[0].submit();
    await approve(await bed.submission(body));
    const answers = [await clients[0].activate(body.id, sent), await clients[1].activate(body.id, sent)];
    expect(answers.map(told)).toEqual([told(answers[0]!), told(answers[0]!)]);
    expect(answers[0]).toMatchObject({ status: 200, body: { status: 'activated' } });
    await bed.bus.hears(SimActivatedV1, body.id);
    expect(bed.bus.payloadsOf(SimActivatedV1, body.id)).toHaveLength(1);
  });

  it('deactivates or cancels once, and says so each time', async () => {
    const { id: sold } = await bed.approvedCase(clients[0]);
    const activated = await clients[0].activate(sold, sent);
    const deactivated = [await clients[0].deactivate(sold, sent), await clients[1].deactivate(sold, sent)];
    expect(deactivated[0]).toMatchObject({ status: 200, body: { status: 'deactivated' } });
    expect(told(deactivated[1]!)).toEqual(told(deactivated[0]!));
    expect(told(await clients[1].activate(sold, sent))).toEqual(told(activated));

    const { id: left } = await bed.approvedCase(clients[0]);
    const cancelled = [await clients[0].cancel(left, sent), await clients[1].cancel(left, sent)];
    expect(cancelled[0]).toMatchObject({ status: 200, body: { status: 'cancelled' } });
    expect(told(cancelled[1]!)).toEqual(told(cancelled[0]!));
  });

  it('is issued the same challenge', async () => {
    const answers = [await clients[0].challenge(sent), await clients[1].challenge(sent)];
    expect(told(answers[1]!)).toEqual(told(answers[0]!));
    expect(answers[0]!.status).toBe(201);
  });
});

describe('a key whose first attempt does not come back (U1, V9)', () => {
  it('is taken over after the lease; of both attempts one has the effect', async () => {
    const before = await bed.traces();
    const attempts: Promise<Answer<unknown>>[] = [];
    await whileNoCaseCanBeStored(async () => {
      attempts.push(clients[0].post(formOf(), sent));
      await sleep(LEASE_MS + 300);
      attempts.push(clients[1].post(formOf(), sent));
      await sleep(300);
    });
    const [first, second] = await Promise.all(attempts);
    expectRefusal(first!, 409, 'INTAKE.IDEMPOTENCY_KEY_IN_FLIGHT');
    expect(second!.status).toBe(202);
    expect(told(await clients[0].post(formOf(), sent))).toEqual(told(second!));
    const { cases, captures } = await bed.traces();
    expect({ cases, captures }).toEqual({ cases: before.cases + 1, captures: before.captures + 1 });
  });

  it('is no longer for the attempt that was overtaken', async () => {
    const { database } = bed.service;
    const settings = { IDEMPOTENCY_LEASE_MS: 1, IDEMPOTENCY_KEPT_HOURS: 24 };
    const store = new IdempotencyRepository(database, settings);
    const request = { scope: randomBytes(32), fingerprint: randomBytes(32) };
    const overtaken = await store.claim(request);
    await sleep(5);
    const current = await store.claim({ ...request, fingerprint: randomBytes(32) });
    const keep = (state: KeyState) =>
      database.transaction(async (manager) => {
        if (state.kind !== 'held') throw new Error(`the key is ${state.kind}`);
        await store.keep({ manager, emit: () => undefined }, state.held, reply, true);
      });
    const reply = { status: 202, headers: {}, body: {} };
    await expect(keep(overtaken)).rejects.toMatchObject({ code: 'INTAKE.IDEMPOTENCY_KEY_IN_FLIGHT' });
    await keep(current);
  });

  it('answers what was stored with the effect, and the first attempt hears no other', async () => {
    const next = bed.nextSubmission();
    const first = clients[0].post(formOf(), { ...sent, prefer: 'wait=10' });
    const submitted = await next;
    await sleep(LEASE_MS + 100);
    const second = await clients[1].post(formOf(), sent);
    expect(second).toMatchObject({ status: 202, body: { id: submitted.caseId } });
    await decide(submitted);
    expect(told(await first)).toEqual(told(second));
  });
});

describe('the header Idempotency-Key', () => {
  it.each([
    ['nothing', ''],
    ['two words', 'two words'],
    ['an open quote', '"unclosed'],
    ['beyond ASCII', 'é'],
    ['too long', 'a'.repeat(256)],
  ])('cannot be %s', async (_, key) => {
    const headers = { 'idempotency-key': Buffer.from(key, 'utf8').toString('latin1') };
    const answer = await clients[0].post(formOf(), headers);
    expectRefusal(answer, 400, 'INTAKE.IDEMPOTENCY_KEY_MALFORMED');
  });

  it('means the same with quotes and without', async () => {
    const bare = await clients[0].challenge({ 'idempotency-key': sent['idempotency-key'] });
    const quoted = await clients[0].challenge({ 'idempotency-key': `"${sent['idempotency-key']}"` });
    expect(told(quoted)).toEqual(told(bare));
  });

  it('may be demanded', async () => {
    const strict = await bed.startClient({ REQUIRE_IDEMPOTENCY_KEY: 'true' });
    expectRefusal(await strict.challenge(), 400, 'INTAKE.IDEMPOTENCY_KEY_MISSING');
    expectRefusal(await strict.post(formOf()), 400, 'INTAKE.IDEMPOTENCY_KEY_MISSING');
    expect((await strict.post(formOf(), sent)).status).toBe(202);
  });
});

describe('keys at rest', () => {
  it('are forgotten when their time is over, and then free', async () => {
    const sweeping = await bed.startClient({ STALE_SWEEP_INTERVAL_MS: '50' });
    await clients[0].post(formOf(), sent);
    await bed.service.rows('UPDATE idempotency_keys SET expires_at = now()');
    await waitFor(async () => (await bed.service.rows('SELECT 1 FROM idempotency_keys')).length === 0, {
      description: 'the keys to be forgotten',
    });
    expect((await sweeping.post(formOf({ image: jpegOf(1280, 960, 30_000) }), sent)).status).toBe(202);
  });

  it('show neither key nor person (A3)', async () => {
    await clients[0].post(formOf(), sent);
    const text = JSON.stringify(await bed.service.rows('SELECT * FROM idempotency_keys'));
    expect(text).toContain('processing');
    for (const secret of [sent['idempotency-key'], goodRequest.nik, goodRequest.msisdn.slice(1)])
      expect(text).not.toContain(secret);
  });
});
