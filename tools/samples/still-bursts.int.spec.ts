import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BurstVerdict, FrameObservation, Movement } from '@absah/biometrics';
import { cosine, decodeTemplate, verifyBurst } from '@absah/biometrics';
import type { ChainEngine } from '@absah/inference';
import { BusyError, createFaceEngine, modelManifest } from '@absah/inference';
import { modelsDir, samplesDir } from '@absah/testing';
import type { Sharp } from 'sharp';
import sharp from 'sharp';
import { timed } from './burst-frames.js';
import { carriedAround, heldStill, samplePeople } from './index.js';

const FRAMES = 12;
const movements: readonly Movement[] = ['turn-left', 'nod', 'turn-right'];
const { liveness, calibration } = modelManifest.thresholds;

let engine: ChainEngine;
let portrait: Buffer;
let otherPortrait: Buffer;

beforeAll(async () => {
  engine = await createFaceEngine({ modelsDir: modelsDir(), role: 'full', workers: 2, maxQueue: 1 });
  const [first, second] = (await samplePeople(samplesDir())).filter(({ personId }) => personId === 'woman-a');
  if (!first || !second) throw new Error('no sample person');
  [portrait, otherPortrait] = [first.jpeg, second.jpeg];
});
afterAll(() => engine.close());

async function judged(frames: readonly Uint8Array[]): Promise<BurstVerdict> {
  return verdictOf(timed(await engine.observeBurst(frames)));
}

function verdictOf(observed: readonly FrameObservation[]): BurstVerdict {
  const limits = {
    deadlineMs: 30_000,
    minLivenessScore: liveness,
    minSamePersonCosine: calibration.cosineAtOperatingPoint,
  };
  return verifyBurst({ nonce: 'A'.repeat(22), movements, colours: [] }, observed, limits);
}

/** Once round the circle, in as many steps as there are frames. */
function filmed(take: (angle: number) => Promise<Buffer>): Promise<Buffer[]> {
  return Promise.all(Array.from({ length: FRAMES }, (_, index) => take((2 * Math.PI * index) / FRAMES)));
}

const WALL = { width: 960, height: 960, channels: 3, background: '#b0a898' } as const;

/** The photograph somewhere on a wall, after `change`. */
async function onWall(change: Sharp, x: number, y: number): Promise<Buffer> {
  const { data, info } = await change.toBuffer({ resolveWithObject: true });
  const left = Math.round(((WALL.width - info.width) / 2) * (1 + x));
  const top = Math.round(((WALL.height - info.height) / 2) * (1 + y));
  const wall = sharp({ create: { ...WALL, noise: { type: 'gaussian', mean: 170, sigma: 5 } } });
  return wall
    .composite([{ input: data, left, top }])
    .jpeg()
    .toBuffer();
}

const print = () => sharp(portrait).resize(360, 480);

describe('a photograph instead of a person (V5)', () => {
  it('is a still picture when it is sent again and again, in other compression too', async () => {
    expect(await judged(Array.from({ length: FRAMES }, () => portrait))).toEqual({
      kind: 'refused',
      reason: 'still-picture',
    });
    const compressed = await Promise.all(
      Array.from({ length: FRAMES }, (_, index) =>
        sharp(portrait)
          .jpeg({ quality: 80 + index })
          .toBuffer(),
      ),
    );
    expect(await judged(compressed)).toEqual({ kind: 'refused', reason: 'still-picture' });
  });

  it('is a still picture when it is carried about before a wall', async () => {
    const carried = await filmed((angle) => onWall(print(), Math.cos(angle), Math.sin(angle)));
    expect(await judged(carried)).toEqual({ kind: 'refused', reason: 'still-picture' });
  });

  it('never passes when it is tilted to either side, which the landmarks of some faces give away', async () => {
    const tilted = await filmed((angle) =>
      onWall(print().affine([Math.cos(0.9 * Math.sin(angle)), 0, 0, 1]), 0.05 * Math.sin(angle), 0),
    );
    expect(await judged(tilted)).toEqual({
      kind: 'refused',
      reason: expect.stringMatching(/^(still-picture|wrong-movement)$/),
    });
  });

  it('answers no challenge when it is rotated and brought nearer a little, as any person might be', async () => {
    const rotated = await filmed((angle) =>
      onWall(
        print()
          .resize(Math.round(360 * (1 + 0.1 * Math.sin(2 * angle))))
          .rotate(10 * Math.sin(angle), { background: WALL.background }),
        0,
        0,
      ),
    );
    expect(await judged(rotated)).toEqual({ kind: 'refused', reason: 'wrong-movement' });
  });
});

describe('the bursts that the tour and the journeys send', () => {
  // Each is drawn anew at every run, so that a rare verdict would be a tour that fails now and then.
  const BURSTS = 8;
  const TIMEOUT_MS = 120_000;

  it.each([
    ['a photograph carried around', 'still-picture', () => carriedAround(otherPortrait, FRAMES)],
    ['a person who keeps still', 'wrong-movement', () => heldStill(portrait, FRAMES)],
  ])(
    'of %s are refused as %s whatever was drawn, and show nobody else',
    async (_, reason, film) => {
      for (let burst = 0; burst < BURSTS; burst += 1) {
        const observed = timed(await engine.observeBurst(await film()));
        expect(observed.filter(({ several }) => several)).toEqual([]);
        expect(verdictOf(observed)).toEqual({ kind: 'refused', reason });
      }
    },
    TIMEOUT_MS,
  );
});

describe('observeBurst', () => {
  it('answers for every frame in its order, and stays within a queue of one', async () => {
    const wall = await sharp({ create: WALL }).jpeg().toBuffer();
    const frames = await engine.observeBurst([portrait, wall, Buffer.from('no picture'), portrait, wall]);
    expect(frames.map(({ kind }) => kind)).toEqual(['face', 'no-face', 'unreadable', 'face', 'no-face']);
  });

  it('measures what analyse and embed do', async () => {
    const [frame] = await engine.observeBurst([portrait]);
    const analysis = await engine.analyse(portrait);
    if (frame?.kind !== 'face' || analysis.kind !== 'face') throw new Error('no face');
    const { face } = frame.content;
    expect(frame.alignedCrop).toEqual(analysis.alignedCrop);
    expect(face).toMatchObject({
      livenessScore: analysis.livenessScore,
      pose: analysis.quality.headPose,
      eyesOpen: analysis.quality.eyesOpen,
      passesGate: true,
    });
    const { template } = await engine.embed(analysis.alignedCrop);
    expect(cosine(face!.embedding, decodeTemplate(template).embedding)).toBeCloseTo(1, 5);
  });

  it('shares the workers with single pictures, and is refused as they are when there is no room', async () => {
    const burst = engine.observeBurst(Array.from({ length: 8 }, () => portrait));
    const single = engine.analyse(portrait);
    await expect(engine.analyse(portrait)).rejects.toThrow(BusyError);
    await expect(engine.observeBurst([portrait])).rejects.toThrow(BusyError);
    expect((await single).kind).toBe('face');
    expect(await burst).toHaveLength(8);
  });

  it('needs the embedding model', async () => {
    const analysing = await createFaceEngine({
      modelsDir: modelsDir(),
      role: 'analysis',
      workers: 1,
      maxQueue: 1,
    });
    await expect(analysing.observeBurst([portrait])).rejects.toThrow('no models to observe-frame');
    await analysing.close();
  });
});
