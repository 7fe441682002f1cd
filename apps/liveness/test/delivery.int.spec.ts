import { randomUUID } from 'node:crypto';
import {
  CapturePassedV1,
  CapturePurgedByLivenessV1,
  CaptureRetakeRequestedV1,
  VerificationSubmittedV1,
} from '@absah/contracts';
import { waitFor } from '@absah/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { blurred } from '../../../tools/samples/index.js';
import { LivenessBed, type Submitted } from './liveness-bed.js';
import { loadPictures, type Pictures } from './pictures.js';

const NEVER_MS = '600000';

let liveness: LivenessBed;
let pictures: Pictures;

beforeAll(async () => {
  pictures = await loadPictures();
});

beforeEach(async () => {
  liveness = await LivenessBed.open();
});

afterEach(async () => {
  await liveness?.service.close();
});

async function purgeRecorded({ caseId, captureId }: Submitted): Promise<void> {
  await waitFor(async () => (await liveness.assessed(captureId)).purged_at, { description: 'the purge' });
  await waitFor(() => liveness.bus.payloadsOf(CapturePurgedByLivenessV1, caseId).length > 0, {
    description: 'its event',
  });
}

describe('a submitted verification', () => {
  it('is assessed once although it comes again when its image is gone', async () => {
    await liveness.service.startReplica();
    const submitted = await liveness.putImage(pictures.woman);
    const message = { copies: 1, messageId: randomUUID() };
    await liveness.bus.publishRepeatedly(VerificationSubmittedV1, submitted, message);
    await liveness.assessed(submitted.captureId);
    // What template-extraction does as soon as it has sealed the template.
    await liveness.captures.store.purge(submitted.captureId);

    await liveness.bus.publishRepeatedly(VerificationSubmittedV1, submitted, message);
    await liveness.bus.settled();
    await liveness.service.stopReplicas();

    expect(await liveness.assessments(submitted.captureId)).toHaveLength(1);
    expect(liveness.bus.payloadsOf(CapturePassedV1, submitted.caseId)).toHaveLength(1);
    expect(liveness.bus.payloadsOf(CaptureRetakeRequestedV1, submitted.caseId)).toEqual([]);
    expect(await liveness.captures.count(submitted.captureId)).toBe(0);
  });

  it('is assessed once when two replicas race for copies of it', async () => {
    await liveness.service.startReplica();
    await liveness.service.stopReplicas();
    const passing = await liveness.putImage(pictures.woman);
    const blurry = await liveness.putImage(await blurred(pictures.woman));
    for (const submitted of [passing, blurry]) {
      const message = { copies: 6, messageId: randomUUID() };
      await liveness.bus.publishRepeatedly(VerificationSubmittedV1, submitted, message);
    }

    await Promise.all([liveness.service.startReplica(), liveness.service.startReplica()]);
    await liveness.bus.settled();
    await purgeRecorded(blurry);
    await liveness.service.stopReplicas();

    expect(await liveness.assessments(passing.captureId)).toHaveLength(1);
    expect(liveness.bus.payloadsOf(CapturePassedV1, passing.caseId)).toHaveLength(1);
    expect(await liveness.captures.count(passing.captureId)).toBe(2);
    expect(await liveness.assessments(blurry.captureId)).toHaveLength(1);
    expect(liveness.bus.payloadsOf(CaptureRetakeRequestedV1, blurry.caseId)).toHaveLength(1);
    expect(liveness.bus.payloadsOf(CapturePurgedByLivenessV1, blurry.caseId)).toHaveLength(1);
    expect(await liveness.service.deadLetters()).toEqual([]);
  });
});

describe('a refused picture (A3)', () => {
  it('is purged at the next start when the process died between commit and purge', async () => {
    await liveness.service.startReplica({ PURGE_SWEEP_INTERVAL_MS: NEVER_MS }, { mayPurge: false });
    const submitted = await liveness.submit(await blurred(pictures.woman));
    await liveness.assessed(submitted.captureId);
    await liveness.bus.settled();
    await liveness.service.stopReplicas();
    expect(await liveness.assessed(submitted.captureId)).toMatchObject({ purge_due: true, purged_at: null });
    expect(await liveness.captures.count(submitted.captureId)).toBe(1);

    await liveness.service.startReplica({ PURGE_SWEEP_INTERVAL_MS: NEVER_MS });

    await purgeRecorded(submitted);
    expect(await liveness.captures.count(submitted.captureId)).toBe(0);
    expect(liveness.bus.payloadsOf(CapturePurgedByLivenessV1, submitted.caseId)).toHaveLength(1);
  });

  it('is purged by a running replica when another one left it', async () => {
    await liveness.service.startReplica({ PURGE_SWEEP_INTERVAL_MS: '50' });
    const submitted = await liveness.putImage(pictures.woman);
    await liveness.leaveUnpurged(submitted);

    await purgeRecorded(submitted);

    expect(await liveness.captures.count(submitted.captureId)).toBe(0);
  });
});
