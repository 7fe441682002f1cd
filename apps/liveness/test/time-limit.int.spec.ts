import { CapturePassedV1, CaptureRetakeRequestedV1, VerificationSubmittedV1 } from '@absah/contracts';
import { waitFor } from '@absah/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  startVendorEngine,
  VENDOR_CHAIN,
  type VendorEngine,
} from '../../../tools/samples/engines/vendor-engine.js';
import { LivenessBed, type Submitted } from './liveness-bed.js';
import { loadPictures } from './pictures.js';

const LIMIT_MS = 90_000;
/** More than it takes until a replica has looked at what waits for it. */
const AMPLE_MS = 60_000;

let liveness: LivenessBed;
let engine: VendorEngine;
let woman: Buffer;

beforeAll(async () => {
  ({ woman } = await loadPictures());
});

beforeEach(async () => {
  engine = await startVendorEngine();
  liveness = await LivenessBed.open();
});

afterEach(async () => {
  await liveness?.service.close();
  await engine?.close();
});

async function startReplica(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  await liveness.service.startReplica({
    FACE_ENGINE_URL: engine.url,
    FACE_ENGINE_TIMEOUT_MS: '100',
    PURGE_SWEEP_INTERVAL_MS: '50',
    ...settings,
  });
}

/** Its picture is there and as good as any. */
async function submittedAgo(milliseconds: number): Promise<Submitted> {
  const submitted = await liveness.putImage(woman);
  const occurredAt = new Date(Date.now() - milliseconds);
  await liveness.bus.publish(VerificationSubmittedV1, submitted, { occurredAt });
  return submitted;
}

async function expectGivenUp({ caseId, captureId }: Submitted): Promise<void> {
  const { reasons } = await liveness.bus.hears(CaptureRetakeRequestedV1, caseId);
  expect(reasons).toEqual(['capture-expired']);
  expect(await liveness.assessed(captureId)).toMatchObject({ outcome: 'retake', model_chain: null });
  await waitFor(async () => (await liveness.captures.count(captureId)) === 0, { description: 'the purge' });
  expect(await liveness.service.deadLetters()).toEqual([]);
}

describe('a picture that waited for its assessment', () => {
  it('is asked for anew when its time is over, whoever was away meanwhile: no model sees it, and it is purged', async () => {
    await startReplica();
    await liveness.service.stopReplicas();
    const [late, young] = [await submittedAgo(LIMIT_MS), await submittedAgo(LIMIT_MS - AMPLE_MS)];
    await startReplica();
    await expectGivenUp(late);
    await liveness.bus.hears(CapturePassedV1, young.caseId);
    expect(await liveness.assessed(young.captureId)).toMatchObject({ model_chain: VENDOR_CHAIN });
  });

  it('is asked for anew once the engine has been silent for its time', async () => {
    await startReplica({ ASSESSMENT_LIMIT_MS: '1000' });
    engine.answerAlways('never');
    await expectGivenUp(await submittedAgo(0));
  });
});
