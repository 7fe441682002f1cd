import { unpackParts } from '@absah/capture-store';
import {
  CaptureAttackSuspectedV1,
  CapturePassedV1,
  CaptureRetakeRequestedV1,
  VerificationSubmittedV1,
} from '@absah/contracts';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blurred, carriedAround, heldStill } from '../../../tools/samples/index.js';
import { answering, LivenessBed, submittedFor, type Submitted } from './liveness-bed.js';
import { loadPictures, type Pictures } from './pictures.js';

const ALIGNED_BYTES = 112 * 112 * 3;

let liveness: LivenessBed;
let pictures: Pictures;

beforeAll(async () => {
  pictures = await loadPictures();
  liveness = await LivenessBed.open();
});
afterAll(() => liveness?.service.close());

async function facesLeft({ captureId }: Submitted): Promise<readonly Buffer[]> {
  await liveness.assessed(captureId);
  const packed = await liveness.captures.store.get(captureId, 'face');
  return (packed && unpackParts(packed)?.map((face) => Buffer.from(face))) ?? [];
}

/** Refused for this reason, and no capture is left (A3). */
async function expectRetake({ caseId, captureId }: Submitted, reason: string): Promise<void> {
  expect(await liveness.assessed(captureId)).toMatchObject({
    outcome: 'retake',
    reasons: [reason],
    faces: 0,
  });
  await waitFor(() => liveness.bus.payloadsOf(CaptureRetakeRequestedV1, caseId).length > 0, {
    description: 'the retake',
  });
  expect(liveness.bus.payloadsOf(CaptureRetakeRequestedV1, caseId)).toMatchObject([{ reasons: [reason] }]);
  await expectNothingLeft(captureId);
}

async function expectNothingLeft(captureId: string): Promise<void> {
  await waitFor(async () => (await liveness.captures.count(captureId)) === 0, { description: 'the purge' });
}

describe('frames beside a picture', () => {
  beforeAll(() => liveness.service.startReplica());
  afterAll(() => liveness.service.stopReplicas());

  describe('that answer no challenge', () => {
    it('add two faces of the same person to that of the picture (V3)', async () => {
      const frames = await heldStill(pictures.woman, 6);
      const submitted = await liveness.submit(pictures.woman, { frames });
      const faces = await facesLeft(submitted);
      expect(faces.map(({ length }) => length)).toEqual(Array(3).fill(ALIGNED_BYTES));
      expect(new Set(faces.map((face) => face.toString('base64'))).size).toBe(3);
      expect(await liveness.assessed(submitted.captureId)).toMatchObject({ outcome: 'live', faces: 3 });
      expect(liveness.bus.payloadsOf(CapturePassedV1, submitted.caseId)).toHaveLength(1);
    });

    it('of somebody else, or too poor, add nothing and are held against nobody', async () => {
      const [stranger] = await heldStill(pictures.somebodyElse, 1);
      const [good] = await heldStill(pictures.woman, 1);
      const frames = [stranger!, await blurred(good!)];
      const submitted = await liveness.submit(pictures.woman, { frames });
      expect(await facesLeft(submitted)).toHaveLength(1);
      expect(await liveness.assessed(submitted.captureId)).toMatchObject({ outcome: 'live', faces: 1 });
    });

    it('do not save a picture that the gate refuses (V7)', async () => {
      const frames = await heldStill(pictures.woman, 3);
      await expectRetake(await liveness.submit(await blurred(pictures.woman), { frames }), 'blurred');
    });
  });

  describe('that were sent before', () => {
    it('are known again in another session, whatever comes with them (V5)', async () => {
      const frames = await heldStill(pictures.woman, 3);
      const first = await liveness.submit(pictures.woman, { frames });
      expect(await liveness.assessed(first.captureId)).toMatchObject({ outcome: 'live' });
      const fresh = await heldStill(pictures.woman, 2);
      await expectRetake(
        await liveness.submit(pictures.woman, { frames: [...fresh, frames[1]!] }),
        'replayed',
      );
    });

    it('are not, when the message is delivered again', async () => {
      const frames = await heldStill(pictures.woman, 2);
      const submitted = await liveness.putImage(pictures.woman, { frames });
      await liveness.bus.publishRepeatedly(VerificationSubmittedV1, submitted, { copies: 2 });
      await liveness.bus.settled();
      expect(await liveness.assessments(submitted.captureId)).toMatchObject([{ outcome: 'live' }]);
    });

    it('pass once when two sessions send them at the same time', async () => {
      const frames = await heldStill(pictures.woman, 12);
      const reversed = [...frames].reverse();
      const rivals = await Promise.all([
        liveness.submit(pictures.woman, { frames }),
        liveness.submit(pictures.woman, { frames: reversed }),
      ]);
      const outcomes = await Promise.all(
        rivals.map(async ({ captureId }) => (await liveness.assessed(captureId)).outcome),
      );
      expect(outcomes.sort()).toEqual(['live', 'retake']);
    });

    it('are remembered by keyed digests alone (A3)', async () => {
      const [frame] = await heldStill(pictures.woman, 1);
      const { captureId } = await liveness.submit(pictures.woman, { frames: [frame!] });
      await liveness.assessed(captureId);
      const rows = await liveness.service.rows<{ digest: Buffer }>(
        'SELECT digest FROM seen_frames WHERE capture_id = $1',
        captureId,
      );
      expect(rows.map(({ digest }) => digest.length)).toEqual([16]);
    });
  });

  describe('that are not there as they were submitted', () => {
    it('ask for a retake when they expired', async () => {
      const submitted = submittedFor(pictures.woman, { frames: await heldStill(pictures.woman, 2) });
      await liveness.captures.store.put(submitted.captureId, 'image', pictures.woman);
      await liveness.bus.publish(VerificationSubmittedV1, submitted);
      await expectRetake(submitted, 'capture-expired');
    });

    it.each([
      ['other bytes', (burst: Submitted['burst']) => ({ ...burst!, sha256: 'a'.repeat(64) })],
      ['another number of frames', (burst: Submitted['burst']) => ({ ...burst!, frameCount: 3 })],
    ])('ask for a retake when they are %s', async (_, alter) => {
      const submitted = await liveness.putImage(pictures.woman, {
        frames: await heldStill(pictures.woman, 2),
      });
      await liveness.bus.publish(VerificationSubmittedV1, { ...submitted, burst: alter(submitted.burst) });
      await expectRetake(submitted, 'unreadable');
    });
  });

  describe('that answer a challenge (V5)', () => {
    it('are an attack when they show one picture that is moved about', async () => {
      const submitted = await liveness.submit(
        pictures.woman,
        answering(await carriedAround(pictures.woman, 12)),
      );
      const { caseId, captureId } = submitted;
      expect(await liveness.assessed(captureId)).toMatchObject({
        outcome: 'attack',
        reasons: ['still-picture'],
        faces: 0,
      });
      await waitFor(() => liveness.bus.payloadsOf(CaptureAttackSuspectedV1, caseId).length > 0, {
        description: 'the suspicion',
      });
      expect(liveness.bus.payloadsOf(CaptureAttackSuspectedV1, caseId)).toMatchObject([
        { suspicion: 'still-picture' },
      ]);
      await expectNothingLeft(captureId);
    });

    it('ask for a retake when nobody is in them', async () => {
      await expectRetake(
        await liveness.submit(pictures.woman, answering(await heldStill(pictures.wall, 12))),
        'face-lost',
      );
    });
  });
});

describe('where a challenge is demanded (V5)', () => {
  beforeAll(() => liveness.service.startReplica({ REQUIRE_ACTIVE_LIVENESS: 'true' }));
  afterAll(() => liveness.service.stopReplicas());

  it.each([
    ['a picture alone', async () => undefined],
    ['frames that answer none', async () => ({ frames: await heldStill(pictures.woman, 2) })],
  ])('%s asks for a retake', async (_, burst) => {
    await expectRetake(await liveness.submit(pictures.woman, await burst()), 'challenge-required');
  });
});

describe('what was seen', () => {
  it('is forgotten after the configured days', async () => {
    await liveness.service.rows(
      `INSERT INTO seen_frames (digest, capture_id, seen_at)
       VALUES ('\\x01', gen_random_uuid(), now() - interval '7 days 1 hour'),
              ('\\x02', gen_random_uuid(), now() - interval '6 days 23 hours')`,
    );
    await liveness.service.startReplica({ REPLAY_MEMORY_DAYS: '7' });
    const digests = () =>
      liveness.service.rows<{ digest: Buffer }>('SELECT digest FROM seen_frames WHERE length(digest) = 1');
    await waitFor(async () => (await digests()).length === 1, {
      description: 'the older one to be forgotten',
    });
    expect((await digests()).map(({ digest }) => digest[0])).toEqual([2]);
    await liveness.service.stopReplicas();
  });
});

it('nothing was buried on the way', async () => {
  expect(await liveness.service.deadLetters()).toEqual([]);
});
