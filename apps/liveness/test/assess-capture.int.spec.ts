import { unpackParts } from '@absah/capture-store';
import {
  CAPTURE_STREAM,
  CaptureAttackSuspectedV1,
  CapturePassedV1,
  CapturePurgedByLivenessV1,
  CaptureRetakeRequestedV1,
  VerificationSubmittedV1,
  type RetakeReason,
} from '@absah/contracts';
import { modelManifest } from '@absah/inference';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blurred, darkened } from '../../../tools/samples/index.js';
import { LivenessBed, submittedFor, type Submitted } from './liveness-bed.js';
import { loadPictures, type Pictures } from './pictures.js';

const { modelChain } = modelManifest;
const ALIGNED_BYTES = 112 * 112 * 3;

let liveness: LivenessBed;
let pictures: Pictures;

beforeAll(async () => {
  pictures = await loadPictures();
  liveness = await LivenessBed.open();
});

afterAll(async () => {
  await liveness?.service.close();
});

/** The picture is gone from the stream, the row says so, and the event was heard once. */
async function expectPurged({ caseId, captureId }: Submitted): Promise<void> {
  const [purged] = await waitFor(
    () => {
      const events = liveness.bus.eventsOf(CapturePurgedByLivenessV1, caseId);
      return events.length > 0 && events;
    },
    { description: 'the purge' },
  );
  const row = await liveness.assessed(captureId);
  expect(purged?.payload).toEqual({ caseId, captureId, purgedAt: row.purged_at?.toISOString() });
  // Its batch served other cases too: it belongs to its own case and to no delivery.
  expect(purged).toMatchObject({ correlationId: caseId, causationId: '' });
  expect(row.purge_due).toBe(false);
  expect(await liveness.captures.count(captureId)).toBe(0);
}

async function expectRetake(submitted: Submitted, mostHelpful: RetakeReason): Promise<void> {
  const { caseId, captureId, subjectRef } = submitted;
  const { outcome, reasons, liveness_score: score } = await liveness.assessed(captureId);
  expect({ outcome, score, mostHelpful: reasons[0] }).toEqual({
    outcome: 'retake',
    score: null,
    mostHelpful,
  });
  await expectPurged(submitted);
  expect(liveness.bus.payloadsOf(CaptureRetakeRequestedV1, caseId)).toEqual([
    { caseId, captureId, subjectRef, reasons },
  ]);
  expect(liveness.bus.payloadsOf(CapturePassedV1, caseId)).toEqual([]);
}

function expectAlarm({ captureId }: Submitted): void {
  const alarms = liveness.service.logged.filter(
    (line) => line.includes('"level":"error"') && line.includes(captureId),
  );
  expect(alarms).toEqual([expect.stringContaining('capture is not what was submitted')]);
}

describe('liveness', () => {
  describe('at its default threshold', () => {
    beforeAll(async () => {
      await liveness.service.startReplica();
    });

    afterAll(async () => {
      await liveness.service.stopReplicas();
    });

    it('passes a living woman and leaves her aligned face beside the image (V1, V4)', async () => {
      const submitted = await liveness.submit(pictures.woman);
      const { caseId, captureId, subjectRef, sealedNik, operatorId, document, decideBy } = submitted;
      const carried = { caseId, captureId, subjectRef, sealedNik, operatorId, document, decideBy };

      const row = await liveness.assessed(captureId);
      expect(row).toMatchObject({ outcome: 'live', reasons: [], model_chain: modelChain, purge_due: false });
      expect(row.liveness_score).toBeGreaterThan(0.95);
      await waitFor(() => liveness.bus.payloadsOf(CapturePassedV1, caseId).length > 0, {
        description: 'the pass',
      });
      expect(liveness.bus.payloadsOf(CapturePassedV1, caseId)).toEqual([
        { ...carried, modelChain, livenessScore: row.liveness_score },
      ]);
      const packed = await liveness.captures.store.get(captureId, 'face');
      expect(unpackParts(packed!)?.map(({ length }) => length)).toEqual([ALIGNED_BYTES]);
      expect(await liveness.captures.store.get(captureId, 'image')).toHaveLength(pictures.woman.length);
    });

    it('keeps what the liveness score was made of (V4)', async () => {
      const { captureId } = await liveness.submit(pictures.woman);
      expect((await liveness.assessed(captureId)).liveness_cues).toEqual({
        network: expect.any(Number),
        border: 0,
        colour: 0,
        grid: 0,
      });
    });

    it('keeps numbers of the quality gate and nothing of the picture (A3)', async () => {
      const { captureId } = await liveness.submit(pictures.woman);
      const { measures } = await liveness.assessed(captureId);
      expect(measures).toMatchObject({ singleFacePresent: true, sharpness: expect.any(Number) });
      expect(JSON.stringify(measures).length).toBeLessThan(800);
    });

    it('asks for a retake of a blurred picture (V7)', async () => {
      await expectRetake(await liveness.submit(await blurred(pictures.woman)), 'blurred');
    });

    it('asks for a retake of a dark picture (V7)', async () => {
      await expectRetake(await liveness.submit(await darkened(pictures.woman)), 'too-dark');
    });

    it('asks for a retake of a picture without a face (V7)', async () => {
      await expectRetake(await liveness.submit(pictures.wall), 'no-face');
    });

    it('asks for a retake of a picture of two people (V7)', async () => {
      await expectRetake(await liveness.submit(pictures.twoPeople), 'two-faces');
    });

    it.each([
      ['cut off in the middle', () => pictures.woman.subarray(0, pictures.woman.length / 2)],
      ['no picture at all', () => Buffer.from('this is text, whatever its name says')],
    ])('asks for a retake of bytes that are %s', async (_, bytes) => {
      await expectRetake(await liveness.submit(bytes()), 'unreadable');
    });

    it('asks for a retake of a picture that is gone', async () => {
      const submitted = submittedFor(pictures.woman);
      await liveness.bus.publish(VerificationSubmittedV1, submitted);
      await expectRetake(submitted, 'capture-expired');
    });

    it('asks for a retake within seconds when the broker lost all pictures', async () => {
      await liveness.bus.manager.streams.delete(CAPTURE_STREAM);
      const submitted = submittedFor(pictures.woman);
      const lostAt = performance.now();
      await liveness.bus.publish(VerificationSubmittedV1, submitted);
      await liveness.bus.hears(CaptureRetakeRequestedV1, submitted.caseId);
      expect(performance.now() - lostAt).toBeLessThan(4_500);
      await expectRetake(submitted, 'capture-expired');
    });

    it('asks for a retake of a picture that is not the one that was submitted', async () => {
      const submitted = submittedFor(pictures.woman);
      await liveness.captures.store.put(submitted.captureId, 'image', await blurred(pictures.woman));
      await liveness.bus.publish(VerificationSubmittedV1, submitted);
      await expectRetake(submitted, 'unreadable');
      expectAlarm(submitted);
    });

    it(`asks for a retake of what somebody else put into ${CAPTURE_STREAM}`, async () => {
      const submitted = submittedFor(pictures.woman);
      await liveness.captures.putForged(submitted.captureId, 'image', pictures.woman);
      await liveness.bus.publish(VerificationSubmittedV1, submitted);
      await expectRetake(submitted, 'unreadable');
      expectAlarm(submitted);
    });
  });

  describe('when the score does not reach the threshold', () => {
    beforeAll(async () => {
      await liveness.service.startReplica({ LIVENESS_THRESHOLD: '1' });
    });

    afterAll(async () => {
      await liveness.service.stopReplicas();
    });

    it('suspects an attack, keeps no face and purges the picture (V4, A3)', async () => {
      const submitted = await liveness.submit(pictures.woman);
      const { caseId, captureId, subjectRef } = submitted;
      const row = await liveness.assessed(captureId);
      expect(row).toMatchObject({ outcome: 'attack', reasons: [], model_chain: modelChain });
      await expectPurged(submitted);
      expect(liveness.bus.payloadsOf(CaptureAttackSuspectedV1, caseId)).toEqual([
        { caseId, captureId, subjectRef, modelChain, livenessScore: row.liveness_score },
      ]);
    });
  });

  it('buried nothing on the way', async () => {
    expect(await liveness.service.deadLetters()).toEqual([]);
  });
});
