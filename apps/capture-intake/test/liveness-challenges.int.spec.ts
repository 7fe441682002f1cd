import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { unpackParts } from '@absah/capture-store';
import {
  CaptureAttackSuspectedV1,
  CaptureRetakeRequestedV1,
  livenessChallengeView,
  type LivenessChallengeView,
  type Problem,
  type VerificationView,
} from '@absah/contracts';
import { sampleEvent, waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed } from './intake-bed.js';
import { formOf, goodRequest, type Answer, type IntakeClient } from './intake-client.js';
import { jpegOf } from './pictures.js';

const frames = [jpegOf(640, 480, 2_000), jpegOf(640, 480, 3_000), jpegOf(480, 640, 4_000)];
const frameTimes = [0, 1_500, 3_000.5];

let bed: IntakeBed;
let client: IntakeClient;

beforeAll(async () => {
  bed = await IntakeBed.open();
  client = await bed.startClient();
});
afterAll(() => bed?.service.close());

async function issued(): Promise<LivenessChallengeView> {
  return (await client.challenge()).body;
}

function answering({ challengeId, nonce }: LivenessChallengeView): FormData {
  return formOf({ frames, request: { ...goodRequest, challenge: { challengeId, nonce }, frameTimes } });
}

function expectRefusal(answer: Answer<unknown>, status: number, code: string): void {
  expect(answer).toMatchObject({ status, body: { code } });
}

describe('a liveness challenge (V5)', () => {
  it('says what to do, in words, and by when', async () => {
    const before = Date.now();
    const { status, body } = await client.challenge();
    expect(status).toBe(201);
    const challenge = livenessChallengeView.parse(body);
    expect(challenge.movements).toHaveLength(3);
    expect(challenge).toMatchObject({ colours: [], maxFrames: 24 });
    expect(challenge.instructions.map(({ id, en }) => id.length > 0 && en.length > 0)).toEqual([
      true,
      true,
      true,
    ]);
    const lifetimeMs = Date.parse(challenge.expiresAt) - before;
    expect(lifetimeMs).toBeGreaterThanOrEqual(60_000);
    expect(lifetimeMs).toBeLessThan(65_000);
  });

  it('is another one each time', async () => {
    const challenges = await Promise.all(Array.from({ length: 40 }, issued));
    expect(new Set(challenges.map(({ nonce }) => nonce)).size).toBe(40);
    expect(new Set(challenges.map(({ movements }) => movements.join())).size).toBeGreaterThan(10);
  });

  it('is for operators alone', async () => {
    expectRefusal(await client.withKey('wrong').challenge(), 401, 'INTAKE.OPERATOR_UNAUTHENTICATED');
  });

  it('asks for as many colours as it is told to', async () => {
    const flashing = await bed.startClient({ CHALLENGE_COLOURS: '4' });
    const { colours, flashMs } = (await flashing.challenge()).body;
    expect(colours).toHaveLength(4);
    expect(flashMs).toBeGreaterThan(0);
  });

  it('is announced with the case that answers it, and its frames wait sealed beside the image', async () => {
    const challenge = await issued();
    const { status, body } = await client.submit(answering(challenge));
    expect(status).toBe(202);
    const { captureId, burst } = await bed.submission(body);
    const packed = await bed.captures.store.get(captureId, 'burst');
    expect(unpackParts(packed!)?.map((frame) => Buffer.from(frame))).toEqual(
      frames.map((frame) => Buffer.from(frame)),
    );
    const { challengeId, nonce, movements } = challenge;
    expect(burst).toEqual({
      frameCount: 3,
      byteLength: packed!.length,
      sha256: createHash('sha256').update(packed!).digest('hex'),
      answers: { challengeId, nonce, movements, colours: [], frameTimes, lifetimeMs: 60_000 },
    });
  });

  describe('is refused, and nothing is kept,', () => {
    async function expectRefused(form: FormData, status: number, code: string, by = client): Promise<void> {
      const before = await bed.traces();
      expectRefusal(await by.post(form), status, code);
      expect(await bed.traces()).toEqual(before);
    }

    it('when it was answered before', async () => {
      const challenge = await issued();
      await client.submit(answering(challenge));
      await expectRefused(answering(challenge), 409, 'INTAKE.CHALLENGE_USED');
    });

    it('after its deadline', async () => {
      const hasty = await bed.startClient({ CHALLENGE_LIFETIME_MS: '1000' });
      const { body } = await hasty.challenge();
      await sleep(1_050);
      await expectRefused(answering(body), 409, 'INTAKE.CHALLENGE_EXPIRED');
    });

    it('from another operator, or with another nonce', async () => {
      const challenge = await issued();
      await expectRefused(answering(challenge), 422, 'INTAKE.CHALLENGE_UNKNOWN', client.withKey('key-of-b'));
      const guessed = { ...challenge, nonce: 'A'.repeat(22) };
      await expectRefused(answering(guessed), 422, 'INTAKE.CHALLENGE_UNKNOWN');
      expect((await client.submit(answering(challenge))).status).toBe(202);
    });
  });

  it('is answered by one of many that come at once', async () => {
    const challenge = await issued();
    const before = await bed.traces();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => client.post<VerificationView | Problem>(answering(challenge))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array<number>(7).fill(409)]);
    const after = await bed.traces();
    expect(after).toEqual({
      cases: before.cases + 1,
      outbox: before.outbox + 1,
      captures: before.captures + 2,
    });
  });

  it('may be answered again when the case could not be stored', async () => {
    const challenge = await issued();
    await bed.service.rows('ALTER TABLE cases RENAME TO cases_away');
    const failed = await client
      .post(answering(challenge))
      .finally(() => bed.service.rows('ALTER TABLE cases_away RENAME TO cases'));
    expect(failed.status).toBe(500);
    expect((await client.submit(answering(challenge))).status).toBe(202);
  });

  it('is forgotten a day after its deadline', async () => {
    const { challengeId } = await issued();
    await bed.service.rows(
      `UPDATE liveness_challenges SET expires_at = now() - interval '25 hours' WHERE id = $1`,
      challengeId,
    );
    await bed.startClient({ STALE_SWEEP_INTERVAL_MS: '50' });
    await waitFor(
      async () =>
        (await bed.service.rows('SELECT 1 FROM liveness_challenges WHERE id = $1', challengeId)).length === 0,
      { description: 'the challenge to be forgotten' },
    );
    expect((await bed.service.rows('SELECT 1 FROM liveness_challenges')).length).toBeGreaterThan(0);
  });
});

describe('frames without a challenge (V3)', () => {
  it('go along with the picture', async () => {
    const { body } = await client.submit(formOf({ frames }));
    const { burst } = await bed.submission(body);
    expect(burst).toMatchObject({ frameCount: 3 });
    expect(burst).not.toHaveProperty('answers');
  });
});

describe('what came of a burst', () => {
  async function outcomeOf(
    say: (ids: { caseId: string; captureId: string; subjectRef: string }) => Promise<void>,
  ): Promise<VerificationView> {
    const coming = bed.nextSubmission();
    const answer = client.submit(answering(await issued()), 5);
    await say(await coming);
    return (await answer).body;
  }

  it('is told in words that a person can act on (V7)', async () => {
    const { status, reasons } = await outcomeOf(({ caseId, captureId, subjectRef }) =>
      bed.bus.publish(CaptureRetakeRequestedV1, {
        caseId,
        captureId,
        subjectRef,
        reasons: ['wrong-movement'],
      }),
    );
    expect(status).toBe('retake');
    expect(reasons).toEqual([
      {
        code: 'wrong-movement',
        advice: { id: expect.stringContaining('urutan'), en: expect.stringContaining('in the order shown') },
      },
    ]);
  });

  it('is named when it looks like an attack (V4)', async () => {
    const { status, reasons } = await outcomeOf(({ caseId, captureId, subjectRef }) => {
      const fields = { caseId, captureId, subjectRef, suspicion: 'still-picture' } as const;
      return bed.bus.publish(CaptureAttackSuspectedV1, sampleEvent(CaptureAttackSuspectedV1, fields));
    });
    expect(status).toBe('rejected');
    expect(reasons.map(({ code }) => code)).toEqual(['presentation-attack', 'still-picture']);
  });
});
