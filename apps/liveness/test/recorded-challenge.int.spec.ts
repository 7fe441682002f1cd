import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CaptureAttackSuspectedV1, CapturePassedV1 } from '@absah/contracts';
import { datasetsDir, waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { answering, LivenessBed, type Submitted } from './liveness-bed.js';
import { loadPictures } from './pictures.js';

const CLIP = 'pad/live/clip-a';
/** Of the clip: he looks ahead, turns to his left, to his right, and nods. */
const FRAMES = [3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24, 25, 26, 27, 28];
const LOOKING_AHEAD = 39;
const DONE = ['turn-left', 'turn-right', 'nod'] as const;

const datasets = datasetsDir();
const withData = datasets ? describe : describe.skip;

// ABSAH_DATASETS names the folder of research photographs; without it these are skipped.
withData('a living man who does what he is asked to (V5)', () => {
  let liveness: LivenessBed;
  let picture: Buffer;
  let frames: Buffer[];

  const frame = (index: number) => readFile(join(datasets!, CLIP, `${String(index).padStart(3, '0')}.jpg`));

  beforeAll(async () => {
    [picture, frames] = await Promise.all([frame(LOOKING_AHEAD), Promise.all(FRAMES.map(frame))]);
    liveness = await LivenessBed.open();
    // The order and the sameness are judged here; how live he looks depends on the models.
    await liveness.service.startReplica({ LIVENESS_THRESHOLD: '0.5' });
  });
  afterAll(() => liveness?.service.close());

  /** Other bytes of the same film, as of another session. */
  const recordedAnew = (session: number) =>
    Promise.all(
      frames.map((bytes) =>
        sharp(bytes)
          .jpeg({ quality: 90 + session })
          .toBuffer(),
      ),
    );

  /** The same pixels in other files. */
  const disguised = (recording: readonly Buffer[]) =>
    recording.map((bytes) => Buffer.concat([bytes, Buffer.from('behind the picture')]));

  async function judged({ captureId }: Submitted) {
    const { outcome, reasons } = await liveness.assessed(captureId);
    return { outcome, reasons };
  }

  it('passes', async () => {
    const submitted = await liveness.submit(picture, answering(await recordedAnew(1), [...DONE]));
    expect(await judged(submitted)).toEqual({ outcome: 'live', reasons: [] });
    await waitFor(() => liveness.bus.payloadsOf(CapturePassedV1, submitted.caseId).length > 0, {
      description: 'the pass',
    });
  });

  it('is asked again when it was something else', async () => {
    const burst = answering(await recordedAnew(2), ['turn-right', 'turn-left', 'nod']);
    expect(await judged(await liveness.submit(picture, burst))).toEqual({
      outcome: 'retake',
      reasons: ['wrong-movement'],
    });
  });

  it('does not vouch for the picture of somebody else', async () => {
    const { woman } = await loadPictures();
    const submitted = await liveness.submit(woman, answering(await recordedAnew(3), [...DONE]));
    expect(await judged(submitted)).toEqual({ outcome: 'attack', reasons: ['another-person'] });
    await waitFor(() => liveness.bus.payloadsOf(CaptureAttackSuspectedV1, submitted.caseId).length > 0, {
      description: 'the suspicion',
    });
  });

  it('is a replay when the same recording answers another challenge, whatever is added to its files', async () => {
    const burst = answering(disguised(await recordedAnew(1)), [...DONE]);
    expect(await judged(await liveness.submit(picture, burst))).toEqual({
      outcome: 'retake',
      reasons: ['replayed'],
    });
  });
});
