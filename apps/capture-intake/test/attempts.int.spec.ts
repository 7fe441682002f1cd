import { randomUUID } from 'node:crypto';
import {
  CaptureAttackSuspectedV1,
  CaptureRetakeRequestedV1,
  FaceLostV1,
  IdentityMismatchedV1,
  IdentityParkedV1,
  SlotRefusedV1,
  type EventContract,
  type Problem,
  type VerificationView,
} from '@absah/contracts';
import { sampleEvent, waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed, type Submitted } from './intake-bed.js';
import { formOf, goodRequest, type Answer, type IntakeClient } from './intake-client.js';

const PER_SESSION = 3;
const PER_IDENTITY = 5;
const POLICY = {
  ATTEMPT_PAUSE_SECONDS: '30',
  ATTEMPTS_PER_SESSION: String(PER_SESSION),
  ATTEMPTS_PER_IDENTITY: String(PER_IDENTITY),
};

interface Attempt {
  readonly nik: string;
  readonly sessionId?: string;
}

describe('attempts, with two replicas (V8)', () => {
  let bed: IntakeBed;
  let one: IntakeClient;
  let other: IntakeClient;
  let people = 0;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    [one, other] = await Promise.all([bed.startClient(POLICY), bed.startClient(POLICY)]);
  });
  afterAll(() => bed?.service.close());

  /** Somebody who has not tried yet. */
  function somebody(): Attempt {
    people += 1;
    return { nik: `999901410190${String(people).padStart(4, '0')}` };
  }

  const form = (attempt: Attempt) => formOf({ request: { ...goodRequest, ...attempt } });

  async function admitted(attempt: Attempt, client = one): Promise<Submitted> {
    const { status, body } = await client.submit(form(attempt));
    expect({ status, body }).toMatchObject({ status: 202 });
    return bed.submission(body);
  }

  const refused = (attempt: Attempt, client = one): Promise<Answer<Problem>> => client.post(form(attempt));

  async function say(contract: EventContract, { caseId, subjectRef }: Submitted): Promise<void> {
    await bed.bus.publish(contract, sampleEvent<EventContract>(contract, { caseId, subjectRef }));
  }

  async function decided({ caseId }: Submitted): Promise<VerificationView> {
    return waitFor(
      async () => {
        const { body } = await one.read(caseId);
        return body.status !== 'processing' && body;
      },
      { description: 'the decision' },
    );
  }

  async function fails(attempt: Attempt, contract: EventContract = CaptureRetakeRequestedV1) {
    const submitted = await admitted(attempt);
    await say(contract, submitted);
    return decided(submitted);
  }

  async function pausesAreOver(): Promise<void> {
    await bed.service.rows('UPDATE cases SET next_attempt_at = now() WHERE next_attempt_at > now()');
  }

  async function failTimes(count: number, attempt: () => Attempt): Promise<readonly VerificationView[]> {
    const views: VerificationView[] = [];
    for (let failure = 0; failure < count; failure += 1) {
      views.push(await fails(attempt()));
      await pausesAreOver();
    }
    return views;
  }

  const codeOf = ({ status, body }: Answer<Problem>) => ({ status, code: body.code });
  const bothLanguages = { id: expect.any(String), en: expect.any(String) };

  it.each([
    ['a bad picture', CaptureRetakeRequestedV1],
    ['an attack', CaptureAttackSuspectedV1],
    ['a mismatch', IdentityMismatchedV1],
  ])('after %s the person waits for half a minute, at whichever replica', async (_, contract) => {
    const person = somebody();
    const { decidedAt, nextAttemptAt } = await fails(person, contract);
    expect(Date.parse(nextAttemptAt!) - Date.parse(decidedAt!)).toBe(30_000);
    const before = { ...(await bed.traces()), put: await bed.captures.everPut() };
    for (const client of [one, other]) {
      const answer = await refused(person, client);
      expect(codeOf(answer)).toEqual({ status: 429, code: 'INTAKE.ATTEMPT_TOO_SOON' });
      expect(answer.body.advice).toEqual(bothLanguages);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(20);
      expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    }
    expect({ ...(await bed.traces()), put: await bed.captures.everPut() }).toEqual(before);
    await pausesAreOver();
    await admitted(person, other);
  });

  it('of a session wait together, also under another NIK and not in another session', async () => {
    const sessionId = randomUUID();
    await fails({ ...somebody(), sessionId });
    expect(codeOf(await refused({ ...somebody(), sessionId }))).toEqual({
      status: 429,
      code: 'INTAKE.ATTEMPT_TOO_SOON',
    });
    await admitted({ ...somebody(), sessionId: randomUUID() });
    const ofOtherOperator = await one.withKey('key-of-b').submit(form({ ...somebody(), sessionId }));
    expect(ofOtherOperator.status).toBe(202);
  });

  it('that came to nothing through no fault of the person do not count', async () => {
    const person = { ...somebody(), sessionId: randomUUID() };
    for (let time = 0; time <= PER_SESSION; time += 1) {
      const full = await fails(person, SlotRefusedV1);
      expect(full).not.toHaveProperty('nextAttemptAt');
    }
    for (let time = 0; time <= PER_SESSION; time += 1) {
      const lost = await fails(person, FaceLostV1);
      expect(lost).toMatchObject({ status: 'retake', reasons: [{ code: 'capture-expired' }] });
    }
    await admitted(person);
  });

  it('end in assistance at the last one of a session, and no other begins in it', async () => {
    const sessionId = randomUUID();
    const person = { ...somebody(), sessionId };
    const views = await failTimes(PER_SESSION, () => person);
    expect(views.map(({ status }) => status)).toEqual(['retake', 'retake', 'needs-assistance']);
    const last = views.at(-1)!;
    expect(last.reasons).toEqual([
      { code: 'attempts-exhausted', advice: bothLanguages },
      { code: 'too-dark', advice: bothLanguages },
    ]);
    await waitFor(() => bed.decisionsOn(last.id).length > 0, { description: 'the decision' });
    expect(bed.decisionsOn(last.id)).toMatchObject([
      { decision: 'needs-assistance', reasons: ['attempts-exhausted', 'too-dark'] },
    ]);
    expect((await one.activate<Problem>(last.id)).body.code).toBe('INTAKE.NOT_APPROVED');
    const answer = await refused({ ...somebody(), sessionId }, other);
    expect(codeOf(answer)).toEqual({ status: 403, code: 'INTAKE.ASSISTANCE_NEEDED' });
    expect(answer.body.advice).toEqual(bothLanguages);
    expect(answer.headers.get('retry-after')).toBeNull();
  });

  it('end in assistance at the last one of an identity, over all sessions, until the window has passed', async () => {
    const person = somebody();
    const views = await failTimes(PER_IDENTITY, () => ({ ...person, sessionId: randomUUID() }));
    expect(views.map(({ status }) => status)).toEqual([
      ...Array<string>(PER_IDENTITY - 1).fill('retake'),
      'needs-assistance',
    ]);
    expect(codeOf(await refused({ ...person, sessionId: randomUUID() }))).toEqual({
      status: 403,
      code: 'INTAKE.ASSISTANCE_NEEDED',
    });
    await bed.service.rows(
      `UPDATE cases SET decided_at = decided_at - interval '25 hours' WHERE id = $1`,
      views[0]!.id,
    );
    await admitted({ ...person, sessionId: randomUUID() });
  });

  it('survive a restart', async () => {
    const person = somebody();
    await fails(person);
    await bed.service.stopReplicas();
    [one, other] = await Promise.all([bed.startClient(POLICY), bed.startClient(POLICY)]);
    expect(codeOf(await refused(person))).toEqual({ status: 429, code: 'INTAKE.ATTEMPT_TOO_SOON' });
  });

  it('that begin at once are admitted as often as attempts are left, and the others leave nothing behind', async () => {
    const person = somebody();
    const before = await bed.captures.count();
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) => refused(person, index % 2 ? one : other)),
    );
    const statuses = Map.groupBy(answers, ({ status }) => status);
    expect(statuses.get(202)).toHaveLength(PER_IDENTITY);
    const others = statuses.get(429)!;
    expect(others).toHaveLength(24 - PER_IDENTITY);
    expect(new Set(others.map(({ body }) => body.code))).toEqual(new Set(['INTAKE.ATTEMPTS_UNDECIDED']));
    expect(others[0]!.headers.get('retry-after')).toBe('5');
    expect(await bed.captures.count()).toBe(before + PER_IDENTITY);
  });

  it('that wait for the registry keep their place (V9)', async () => {
    const person = somebody();
    for (let time = 0; time < PER_IDENTITY; time += 1) {
      const submitted = await admitted(person);
      await say(IdentityParkedV1, submitted);
      await decided(submitted);
    }
    expect((await refused(person)).body.code).toBe('INTAKE.ATTEMPTS_UNDECIDED');
  });

  it('that are cancelled before they are decided keep their place', async () => {
    const person = somebody();
    const session = { ...person, sessionId: randomUUID() };
    for (let time = 0; time < PER_SESSION; time += 1) {
      const { caseId } = await admitted(session);
      expect((await one.cancel(caseId)).body.status).toBe('cancelled');
    }
    expect((await refused(session)).body.code).toBe('INTAKE.ASSISTANCE_NEEDED');
    for (let time = PER_SESSION; time < PER_IDENTITY; time += 1) {
      const submitted = await admitted(person);
      await say(IdentityParkedV1, submitted);
      await decided(submitted);
      await one.cancel(submitted.caseId);
    }
    expect((await refused(person)).body.code).toBe('INTAKE.ASSISTANCE_NEEDED');
  });

  it('that fail at once are counted one after the other: one of them is the last', async () => {
    const person = { ...somebody(), sessionId: randomUUID() };
    const open = await Promise.all([one, other, one].map((client) => admitted(person, client)));
    await Promise.all(open.map((submitted) => say(CaptureRetakeRequestedV1, submitted)));
    const views = await Promise.all(open.map(decided));
    expect(views.map(({ status }) => status).sort()).toEqual(['needs-assistance', 'retake', 'retake']);
  });

  it('do not begin in a session whose last one was a quarter of an hour ago (V16)', async () => {
    const person = { ...somebody(), sessionId: randomUUID() };
    const { caseId } = await admitted(person);
    const age = (minutes: number) =>
      bed.service.rows(
        `UPDATE cases SET received_at = now() - make_interval(mins => $2) WHERE id = $1`,
        caseId,
        minutes,
      );
    await age(16);
    const answer = await refused(person);
    expect(codeOf(answer)).toEqual({ status: 410, code: 'INTAKE.SESSION_ENDED' });
    expect(answer.body.advice).toEqual(bothLanguages);
    await age(14);
    await admitted(person);
  });
});
