import { randomBytes } from 'node:crypto';
import { CapturePassedV1, FaceExtractedV1, FaceLostV1 } from '@absah/contracts';
import { waitFor } from '@absah/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startVendorEngine, type VendorEngine } from '../../../tools/samples/engines/vendor-engine.js';
import { TemplateBed, type Passed } from './template-bed.js';

const LIMIT_MS = 60_000;
/** More than it takes until a replica has looked at what waits for it. */
const AMPLE_MS = 45_000;
const VENDOR_CROP_BYTES = 32 * 32;

let extraction: TemplateBed;
let engine: VendorEngine;

beforeEach(async () => {
  engine = await startVendorEngine();
  extraction = await TemplateBed.open();
});

afterEach(async () => {
  await extraction?.service.close();
  await engine?.close();
});

async function startReplica(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  await extraction.service.startReplica({
    FACE_ENGINE_URL: engine.url,
    FACE_ENGINE_TIMEOUT_MS: '100',
    ...settings,
  });
}

/** Its face is there and as good as any. */
async function passedAgo(milliseconds: number): Promise<Passed> {
  const passed = await extraction.putFaces(randomBytes(VENDOR_CROP_BYTES));
  const occurredAt = new Date(Date.now() - milliseconds);
  await extraction.bus.publish(CapturePassedV1, passed, { occurredAt });
  return passed;
}

async function expectGivenUp({ caseId, captureId }: Passed): Promise<void> {
  expect((await extraction.bus.hears(FaceLostV1, caseId)).reasons).toEqual(['capture-expired']);
  await waitFor(async () => (await extraction.captures.count(captureId)) === 0, { description: 'the purge' });
  expect(await extraction.templates(caseId)).toEqual([]);
  expect(await extraction.service.deadLetters()).toEqual([]);
}

describe('a face that waited for its template', () => {
  it('is lost when its time is over, whoever was away meanwhile: nothing is made of it, and it is purged', async () => {
    await startReplica();
    await extraction.service.stopReplicas();
    const [late, young] = [await passedAgo(LIMIT_MS), await passedAgo(LIMIT_MS - AMPLE_MS)];
    await startReplica();
    await expectGivenUp(late);
    await extraction.bus.hears(FaceExtractedV1, young.caseId);
  });

  it('is lost once the engine has been silent for its time', async () => {
    await startReplica({ EXTRACTION_LIMIT_MS: '1000' });
    engine.answerAlways('never');
    await expectGivenUp(await passedAgo(0));
  });

  it('is lost once privacy, which holds the keys, has been away for its time', async () => {
    await startReplica({ EXTRACTION_LIMIT_MS: '1000' });
    extraction.keys.let('is silent');
    await expectGivenUp(await passedAgo(0));
  });
});
