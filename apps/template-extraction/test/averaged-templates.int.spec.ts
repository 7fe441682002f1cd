import { averageTemplates, compareTemplates } from '@absah/biometrics';
import { createFaceEngine, modelManifest } from '@absah/inference';
import { modelsDir, samplesDir } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { heldStill, samplePeople } from '../../../tools/samples/index.js';

const CAPTURES = 6;

/** As poor as a cheap camera makes it, and each capture in its own way. */
function spoiled(frame: Buffer, index: number): Promise<Buffer> {
  return sharp(frame)
    .blur(1 + 0.7 * index)
    .linear(1.4 - 0.18 * index, 0)
    .jpeg({ quality: 12 })
    .toBuffer();
}

let engine: Awaited<ReturnType<typeof createFaceEngine>>;
let registered: Uint8Array;
let captured: Uint8Array[];

async function templateOf(picture: Uint8Array): Promise<Uint8Array> {
  const observed = await engine.observe(picture);
  if (observed.kind !== 'face') throw new Error('no face in a sample portrait');
  return (await engine.embed(observed.alignedCrop)).template;
}

beforeAll(async () => {
  engine = await createFaceEngine({ modelsDir: modelsDir(), role: 'full', workers: 1, maxQueue: CAPTURES });
  const people = await samplePeople(samplesDir());
  const [first, second] = people.filter(({ personId }) => personId === 'woman-a');
  registered = await templateOf(second!.jpeg);
  const still = await heldStill(first!.jpeg, CAPTURES);
  const poor = await Promise.all(still.map(spoiled));
  captured = await Promise.all(poor.map(templateOf));
});
afterAll(() => engine?.close());

function likeness(template: Uint8Array): number {
  return compareTemplates(registered, template, modelManifest.thresholds.calibration).cosine;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('the template of several captures (V3)', () => {
  it.each([2, 3])('of %d is nearer to the registered face than one of them is on average', (count) => {
    const sets = captured.map((_, start) =>
      Array.from({ length: count }, (_unused, offset) => captured[(start + offset) % CAPTURES]!),
    );
    const averaged = mean(sets.map((set) => likeness(averageTemplates(set))));
    expect(averaged).toBeGreaterThan(mean(captured.map(likeness)) + 0.005);
  });
});
