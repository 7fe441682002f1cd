import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareTemplates, decodeTemplate } from '@absah/biometrics';
import type { FaceEngine, FaceEngineSettings } from '@absah/inference';
import { modelManifest, openFaceEngine } from '@absah/inference';
import { modelsDir, samplesDir } from '@absah/testing';
import sharp from 'sharp';
import { samplePeople } from '../index.js';
import { VENDOR_CHAIN, startVendorEngine } from './vendor-engine.js';

const { calibration } = modelManifest.thresholds;
const settings = (): FaceEngineSettings => ({
  MODELS_DIR: modelsDir(),
  FACE_ENGINE_TIMEOUT_MS: 5_000,
  ENGINE_WORKERS: 1,
});

interface Opened {
  readonly engine: FaceEngine;
  close(): Promise<void>;
}

async function openOurs(): Promise<Opened> {
  const engine = await openFaceEngine(settings(), 'full', 4);
  return { engine, close: () => engine.close() };
}

/** Our files, but the embedding model gets its colours in another order: other vectors, so another chain. */
async function openAnotherChain(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'absah-manifest-'));
  const path = join(folder, 'manifest.json');
  const manifest = structuredClone(modelManifest);
  manifest.modelChain = 'rgb-variant.1';
  manifest.models.embed.preprocessing.pixels.order = 'rgb';
  await writeFile(path, JSON.stringify(manifest));
  const engine = await openFaceEngine({ ...settings(), MODEL_MANIFEST: path }, 'full', 4);
  await rm(folder, { recursive: true });
  return { engine, close: () => engine.close() };
}

async function openVendors(): Promise<Opened> {
  const vendor = await startVendorEngine();
  const engine = await openFaceEngine({ ...settings(), FACE_ENGINE_URL: vendor.url }, 'full', 4);
  return {
    engine,
    close: async () => {
      await engine.close();
      await vendor.close();
    },
  };
}

describe.each([
  ['the chain that ships', modelManifest.modelChain, openOurs],
  ['a chain of another manifest', 'rgb-variant.1', openAnotherChain],
  ['another maker’s engine over HTTP', VENDOR_CHAIN, openVendors],
])('%s, behind the port of a face engine (U6)', (_, modelChain, open) => {
  let opened: Opened;
  let portrait: Buffer;
  beforeAll(async () => {
    opened = await open();
    const [person] = await samplePeople(samplesDir());
    if (!person) throw new Error('no sample people');
    portrait = person.jpeg;
  });
  afterAll(() => opened.close());

  async function templateOf(image: Uint8Array): Promise<Uint8Array> {
    const analysis = await opened.engine.analyse(image);
    if (analysis.kind !== 'face') throw new Error(`no face, but ${analysis.kind}`);
    return (await opened.engine.embed(analysis.alignedCrop)).template;
  }

  it('finds the face of a portrait, scores its liveness, and names itself', async () => {
    const analysis = await opened.engine.analyse(portrait);
    expect(analysis).toMatchObject({ kind: 'face', modelChain });
    if (analysis.kind !== 'face') return;
    expect(analysis.livenessScore).toBeGreaterThan(0.9);
    expect(analysis.livenessScore).toBeLessThanOrEqual(1);
  });

  it('makes templates of its chain that match for the same face', async () => {
    const first = await templateOf(portrait);
    const second = await templateOf(await sharp(portrait).jpeg({ quality: 80 }).toBuffer());
    expect(decodeTemplate(first).modelChain).toBe(modelChain);
    expect(compareTemplates(first, second, calibration).cosine).toBeGreaterThan(0.95);
  });

  it('asks for another picture where there is no face, and calls what is no picture unreadable (V7)', async () => {
    const wall = { create: { width: 640, height: 480, channels: 3, background: '#777' } } as const;
    expect(await opened.engine.analyse(await sharp(wall).jpeg().toBuffer())).toMatchObject({
      kind: 'retake',
      reasons: ['no-face'],
    });
    expect((await opened.engine.analyse(Buffer.from('no picture'))).kind).toBe('unreadable');
  });

  it('leaves the bytes of its caller untouched', async () => {
    const before = Buffer.from(portrait);
    await opened.engine.analyse(portrait);
    expect(portrait.equals(before)).toBe(true);
  });
});

it('templates of two engines are not compared (U6)', async () => {
  const [ours, vendors] = await Promise.all([openOurs(), openVendors()]);
  const templates = await Promise.all(
    [ours, vendors].map(async ({ engine }) => {
      const [person] = await samplePeople(samplesDir());
      const analysis = await engine.analyse(person?.jpeg ?? new Uint8Array());
      return (await engine.embed(analysis.kind === 'face' ? analysis.alignedCrop : new Uint8Array()))
        .template;
    }),
  );
  await Promise.all([ours.close(), vendors.close()]);
  const [first = new Uint8Array(), second = new Uint8Array()] = templates;
  expect(() => compareTemplates(first, second, calibration)).toThrow('cannot be compared');
});
