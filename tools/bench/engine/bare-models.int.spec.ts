import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { recordBareModels, type BareModels } from '@absah/inference';
import { modelsDir, samplesDir } from '@absah/testing';
import sharp from 'sharp';
import { samplePeople } from '../../samples/index.js';

let face: Uint8Array;
let models: BareModels;

beforeAll(async () => {
  const [person] = await samplePeople(samplesDir());
  face = person!.jpeg;
  models = await recordBareModels(modelsDir(), [face]);
});
afterAll(() => models.close());

describe('the bare models that benchmarks compare with', () => {
  it('replay what the pipeline ran for an image, as often as asked', async () => {
    // Embedding alone, straight and mirrored, takes longer than this on any machine.
    const { user } = process.cpuUsage();
    for (let time = 0; time < 3; time += 1) await models.replay(face);
    expect(process.cpuUsage().user - user).toBeGreaterThan(3 * 5_000);
  });

  it('know no other image, not even an equal one', async () => {
    await expect(models.replay(Uint8Array.from(face))).rejects.toThrow('not recorded');
  });

  it('are not recorded from a picture that is answered with a retake: it would cost less', async () => {
    const grey = { create: { width: 320, height: 240, channels: 3, background: '#777' } } as const;
    const blank = await sharp(grey).jpeg().toBuffer();
    await expect(recordBareModels(modelsDir(), [blank])).rejects.toThrow('retake');
  });
});
