import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { FlashColour, FrameObservation, Movement } from '@absah/biometrics';
import { FLASH_MS, flashColours, verifyBurst } from '@absah/biometrics';
import type { ChainEngine } from '@absah/inference';
import { createFaceEngine, modelManifest } from '@absah/inference';
import { datasetsDir, modelsDir } from '@absah/testing';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { timed } from './burst-frames.js';

const datasets = datasetsDir();
const { calibration, liveness } = modelManifest.thresholds;

/** What the man of the clip does, in its order. */
const done: readonly Movement[] = ['turn-left', 'turn-right', 'nod', 'look-up'];
const SUBJECTS = ['0001', '0002', '0003', '0004', '0005', '0006', '0007', '0008'];

let engine: ChainEngine;

async function pictures(folder: string): Promise<Buffer[]> {
  const path = join(datasets ?? '', 'pad', folder);
  const names = (await readdir(path)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return Promise.all(names.map((name) => readFile(join(path, name))));
}

const seen = new Map<string, FrameObservation[]>();

/** Each folder once: fifty frames keep a core busy for seconds. */
async function observed(folder: string): Promise<FrameObservation[]> {
  const frames = seen.get(folder) ?? timed(await engine.observeBurst(await pictures(folder)));
  seen.set(folder, frames);
  return frames;
}

/** With the times that a client would claim for this order. */
function filmed(frames: readonly FrameObservation[], frameMs = 300): FrameObservation[] {
  return frames.map((frame, index) => ({ ...frame, atMs: frameMs * (index + 1) }));
}

interface Demands {
  readonly colours?: readonly FlashColour[];
  readonly minLivenessScore?: number;
}

function reasonOf(
  frames: readonly FrameObservation[],
  movements: readonly Movement[],
  { colours = [], minLivenessScore = liveness }: Demands = {},
): string {
  const limits = {
    deadlineMs: 60_000,
    minLivenessScore,
    minSamePersonCosine: calibration.cosineAtOperatingPoint,
  };
  const verdict = verifyBurst({ nonce: 'A'.repeat(22), movements, colours }, frames, limits);
  return verdict.kind === 'refused' ? verdict.reason : verdict.kind;
}

function everySecond<T>(items: readonly T[]): T[] {
  return items.filter((_, index) => index % 2 === 0);
}

/** Numerical Recipes' generator: other orders each time would make a failure impossible to find again. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const order = [...items];
  let state = seed;
  for (let last = order.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

// ABSAH_DATASETS names a folder of research photographs that may not be part of this repository.
jest.setTimeout(120_000);
const withData = datasets ? describe : describe.skip;

withData('recorded bursts (V5)', () => {
  let live: FrameObservation[];

  beforeAll(async () => {
    engine = await createFaceEngine({ modelsDir: modelsDir(), role: 'full', workers: 2, maxQueue: 4 });
    live = await observed('live/clip-a');
  });
  afterAll(() => engine.close());

  it('a living man passes for what he did, at either rate of frames', () => {
    expect(reasonOf(filmed(everySecond(live), 500), done)).toBe('passed');
    expect(reasonOf(filmed(live.slice(0, 24)), done.slice(0, 2))).toBe('passed');
    expect(reasonOf(filmed(live.slice(12, 36)), done.slice(1))).toBe('passed');
  });

  it('and for nothing else, as when the recording is played for a later challenge', () => {
    const frames = filmed(live.slice(12, 36));
    const others: Movement[][] = [
      ['turn-left', 'nod', 'look-up'],
      ['turn-right', 'look-up', 'nod'],
      ['nod', 'turn-right', 'look-up'],
      ['turn-right', 'nod', 'blink'],
    ];
    expect(others.map((movements) => reasonOf(frames, movements))).toEqual(
      others.map(() => 'wrong-movement'),
    );
    expect(reasonOf(filmed([...live.slice(12, 36)].reverse()), done.slice(1))).toBe('wrong-movement');
  });

  it('replayed on a monitor he is not live, neither at rest nor turned', async () => {
    const replayed = filmed((await observed('replay/monitor-a')).slice(0, 24));
    expect(reasonOf(replayed, done.slice(0, 2), { minLivenessScore: 0 })).toBe('not-live');
    expect(reasonOf(replayed, done.slice(0, 2))).toBe('not-live');
  });

  it('shuffled, he is refused, and mostly as shuffled', () => {
    const reasons = Array.from({ length: 100 }, (_, seed) =>
      reasonOf(filmed(shuffled(live.slice(12, 36), seed)), done.slice(1)),
    );
    expect(reasons).not.toContain('passed');
    expect(reasons.filter((reason) => reason === 'shuffled').length).toBeGreaterThan(50);
  });

  it.each(SUBJECTS)(
    'with a part, or one frame, of subject %s among his, two people are seen',
    async (subject) => {
      const other = await observed(`nuaa/live/${subject}`);
      const part = [...live.slice(12, 30), ...other.slice(0, 6)];
      const one = [...live.slice(12, 30), ...other.slice(0, 1), ...live.slice(31, 36)];
      for (const frames of [part, one])
        expect(reasonOf(filmed(frames), done.slice(1))).toBe('another-person');
    },
  );

  it.each(SUBJECTS)(
    'printed photographs of subject %s, bent and moved, make no movement',
    async (subject) => {
      const prints = await observed(`nuaa/print/${subject}`);
      const verdicts = [0, 13, 26].map((start) =>
        reasonOf(filmed(prints.slice(start, start + 24)), ['turn-left']),
      );
      expect(verdicts).not.toContain('passed');
      expect(verdicts).not.toContain('shuffled');
    },
  );

  it.each(SUBJECTS)('subject %s, who only sits there, is not called a still picture', async (subject) => {
    const sitting = await observed(`nuaa/live/${subject}`);
    for (const start of [0, 13, 26]) {
      expect(reasonOf(filmed(sitting.slice(start, start + 24)), ['turn-left'])).not.toMatch(
        /passed|still-picture/,
      );
    }
  });

  it('is told by his colours whether he sits before the screen that shows them', async () => {
    const shown: FlashColour[] = ['green', 'red', 'blue', 'red'];
    const [still] = (await pictures('live/clip-a')).slice(34, 35);
    const underFlash = async (light: readonly FlashColour[], strength: number) => {
      const lit = await Promise.all(
        light.flatMap((colour, position) =>
          [0.5, 0.8].map(async (moment) => ({
            moment: position + moment,
            jpeg: await litBy(still!, colour, strength),
          })),
        ),
      );
      const reflected = await engine.observeBurst(lit.map(({ jpeg }) => jpeg));
      const before = timed(reflected).map((frame, index) => ({
        ...frame,
        atMs: lit[index]!.moment * FLASH_MS,
      }));
      const after = live
        .slice(12, 28)
        .map((frame, index) => ({ ...frame, atMs: shown.length * FLASH_MS + 300 * (index + 1) }));
      return reasonOf([...before, ...after], ['turn-right', 'nod'], {
        colours: shown,
        // Whether light that was computed looks alive is not the question.
        minLivenessScore: 0,
      });
    };
    expect(await underFlash(shown, 0.25)).toBe('passed');
    expect(await underFlash(['red', 'blue', 'green', 'blue'], 0.25)).toBe('wrong-colours');
    expect(await underFlash(shown, 0)).toBe('colours-not-seen');
  });
});

/** Adds the light of a screen to the middle of the picture, where the face is, fading outwards; and noise.
 *  A reflection made up: no recordings of a real screen's light were to be had. */
async function litBy(jpeg: Buffer, colour: FlashColour, strength: number): Promise<Buffer> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const channel = flashColours.indexOf(colour);
  for (let pixel = 0; pixel < info.width * info.height; pixel += 1) {
    const x = ((pixel % info.width) / info.width - 0.46) / 0.3;
    const y = (Math.trunc(pixel / info.width) / info.height - 0.55) / 0.3;
    const near = Math.max(0, 1.5 - Math.hypot(x, y));
    for (let part = 0; part < 3; part += 1) {
      const gain = part === channel ? 1 + strength * Math.min(1, near) : 1;
      // About sRGB's curve, backwards and forwards.
      const value = (data[pixel * 3 + part] ?? 0) * gain ** (1 / 2.2) + 4 * Math.sin(pixel * 7 + part);
      data[pixel * 3 + part] = Math.min(255, Math.max(0, value));
    }
  }
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
}
