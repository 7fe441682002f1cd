import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { modelsDir } from '@absah/testing';
import sharp from 'sharp';
import { BusyError, EngineClosedError, EngineStartError, EngineTaskError } from './engine-errors.js';
import type { FaceEngine } from './face-engine.js';
import { createFaceEngine } from './face-engine.js';

const grey = { create: { width: 640, height: 480, channels: 3, background: '#777' } } as const;

function blankJpeg(): Promise<Buffer> {
  return sharp(grey).jpeg().toBuffer();
}

describe('a face engine given pictures without a face', () => {
  let engine: FaceEngine;

  beforeAll(async () => {
    engine = await createFaceEngine({ modelsDir: modelsDir(), role: 'full', workers: 1, maxQueue: 8 });
  });
  afterAll(() => engine.close());

  async function kindOf(image: Uint8Array): Promise<string> {
    const analysis = await engine.analyse(image);
    if (analysis.kind === 'unreadable') return analysis.code;
    return analysis.kind === 'retake' ? analysis.reasons.join() : analysis.kind;
  }

  it.each<[string, () => Promise<Buffer>]>([
    ['JPEG', blankJpeg],
    ['progressive JPEG', () => sharp(grey).jpeg({ progressive: true }).toBuffer()],
    ['CMYK JPEG', () => sharp(grey).toColourspace('cmyk').jpeg().toBuffer()],
    ['greyscale JPEG', () => sharp(grey).greyscale().jpeg().toBuffer()],
    ['16-bit PNG', () => sharp(grey).toColourspace('rgb16').png().toBuffer()],
    ['16-bit greyscale PNG', () => sharp(grey).toColourspace('grey16').png().toBuffer()],
    ['transparent PNG', () => sharp(grey).ensureAlpha(0.3).png().toBuffer()],
    ['palette PNG', () => sharp(grey).png({ palette: true }).toBuffer()],
    ['lossless WebP', () => sharp(grey).webp({ lossless: true }).toBuffer()],
    ['24-megapixel JPEG', () => sharp(grey).resize(6000, 4000, { fit: 'fill' }).jpeg().toBuffer()],
    ['64 × 8192 strip', () => sharp(grey).resize(64, 8192, { fit: 'fill' }).jpeg().toBuffer()],
  ])('reads a %s and finds nobody in it (V7)', async (_, make) => {
    expect(await kindOf(await make())).toBe('no-face');
  });

  it.each<[string, string, () => Promise<Buffer>]>([
    ['a JPEG that lacks its last half', 'image-damaged', async () => (await noise()).subarray(0, 40_000)],
    [
      'a JPEG that lacks its last hundred bytes',
      'image-damaged',
      async () => (await noise()).subarray(0, -100),
    ],
    ['a PNG that lacks its last half', 'image-damaged', truncatedPng],
    ['a header with nothing behind', 'image-damaged', async () => (await noise()).subarray(0, 700)],
    ['an animated WebP', 'image-animated', animatedWebp],
    ['text', 'image-type-unknown', () => Promise.resolve(Buffer.from('not a picture at all'))],
    ['nothing', 'image-empty', () => Promise.resolve(Buffer.alloc(0))],
    [
      'a 33-megapixel picture',
      'image-too-large',
      () => sharp(grey).resize(7000, 4700, { fit: 'fill' }).png().toBuffer(),
    ],
  ])('answers %s with %s and lives on', async (_, code, make) => {
    expect(await kindOf(await make())).toBe(code);
    expect(await kindOf(await blankJpeg())).toBe('no-face');
  });

  it('leaves the bytes of its caller untouched', async () => {
    const image = await blankJpeg();
    const before = Buffer.from(image);
    await engine.analyse(image);
    expect(image.equals(before)).toBe(true);
  });

  it('rejects a crop of the wrong size and goes on working', async () => {
    await expect(engine.embed(new Uint8Array(10))).rejects.toThrow(EngineTaskError);
    expect(await kindOf(await blankJpeg())).toBe('no-face');
  });
});

async function noise(): Promise<Buffer> {
  const source = { ...grey.create, noise: { type: 'gaussian', mean: 128, sigma: 60 } } as const;
  return sharp({ create: source }).jpeg().toBuffer();
}

async function truncatedPng(): Promise<Buffer> {
  const whole = await sharp(await noise())
    .png()
    .toBuffer();
  return whole.subarray(0, whole.length / 2);
}

async function animatedWebp(): Promise<Buffer> {
  const frames = await Promise.all(['#777', '#999'].map((background) => frame(background)));
  return sharp(frames, { join: { animated: true } })
    .webp({ loop: 0 })
    .toBuffer();
}

function frame(background: string): Promise<Buffer> {
  return sharp({ create: { ...grey.create, background } })
    .png()
    .toBuffer();
}

describe('a face engine under load', () => {
  it('refuses more than its queue holds, answers the rest, and refuses everything once closed', async () => {
    const engine = await createFaceEngine({
      modelsDir: modelsDir(),
      role: 'analysis',
      workers: 1,
      maxQueue: 2,
    });
    const image = await blankJpeg();
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => engine.analyse(image)));
    expect(asked.map((outcome) => outcome.status)).toEqual([
      ...Array<string>(3).fill('fulfilled'),
      ...Array<string>(2).fill('rejected'),
    ]);
    expect(asked.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))).toEqual([
      expect.any(BusyError),
      expect.any(BusyError),
    ]);
    await engine.close();
    await expect(engine.analyse(image)).rejects.toThrow(EngineClosedError);
  });

  it('settles what still waits when it is closed', async () => {
    const engine = await createFaceEngine({
      modelsDir: modelsDir(),
      role: 'analysis',
      workers: 1,
      maxQueue: 2,
    });
    const image = await blankJpeg();
    const asked = Promise.allSettled([engine.analyse(image), engine.analyse(image)]);
    await engine.close();
    expect((await asked).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  });
});

describe('the role of a face engine', () => {
  it('decides which tasks it has models for', async () => {
    const engine = await createFaceEngine({
      modelsDir: modelsDir(),
      role: 'embedding',
      workers: 1,
      maxQueue: 1,
    });
    await expect(engine.analyse(await blankJpeg())).rejects.toThrow('no models to analyse');
    const { template, modelChain } = await engine.embed(new Uint8Array(112 * 112 * 3).fill(90));
    expect(template).toHaveLength(8 + modelChain.length + 512 * 4);
    await engine.close();
  });

  it('does not start without its models, and says which file is missing', async () => {
    const started = createFaceEngine({ modelsDir: '/nowhere', role: 'embedding', workers: 2, maxQueue: 1 });
    await expect(started).rejects.toThrow(EngineStartError);
    await expect(started).rejects.toThrow('fr_feature.onnx cannot be read; expected sha256 87aacdfe');
  });
});
