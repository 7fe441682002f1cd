import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PATCH_CELLS, SCENE_VALUES } from '@absah/biometrics';
import type { FaceEngine } from '@absah/inference';
import { BusyError, openFaceEngine } from '@absah/inference';
import type { Answer, VendorEngine } from './vendor-engine.js';
import { VENDOR_CHAIN, startVendorEngine } from './vendor-engine.js';

const TIMEOUT_MS = 300;
const picture = new Uint8Array([1, 2, 3]);

let vendor: VendorEngine;
let engine: FaceEngine;

beforeEach(async () => {
  vendor = await startVendorEngine();
  engine = await open();
});
afterEach(async () => {
  await engine.close();
  await vendor.close();
});

function open(): Promise<FaceEngine> {
  const settings = {
    MODELS_DIR: '/nowhere',
    FACE_ENGINE_URL: vendor.url,
    FACE_ENGINE_TIMEOUT_MS: TIMEOUT_MS,
  };
  return openFaceEngine({ ...settings, ENGINE_WORKERS: 1 }, 'full', 1);
}

const face = {
  kind: 'face',
  modelChain: VENDOR_CHAIN,
  timingsMs: {},
  alignedCrop: 'AAAA',
  quality: { contrast: 1 },
  livenessScore: 0.99,
};
const ok = (body: unknown): Answer => ({ status: 200, body });

describe('an engine that is somebody else’s (U6)', () => {
  it.each<[string, unknown]>([
    ['a score above one', { ...face, livenessScore: 1.01 }],
    ['a score that is no number', { ...face, livenessScore: null }],
    ['a cue that is no number', { ...face, livenessCues: { border: 'none' } }],
    ['a measure that is no number', { ...face, quality: { sharpness: 'good' } }],
    ['a reason that nobody can act on', { ...face, kind: 'retake', reasons: ['bad-vibes'] }],
    ['a kind of its own', { ...face, kind: 'maybe' }],
    ['a field that nobody agreed on', { ...face, secret: 'canary-in-reply' }],
    ['no object at all', 'face'],
  ])('decides nothing with %s, and its reply is not quoted', async (_, body) => {
    vendor.answerAlways(ok(body));
    const asked = engine.analyse(picture);
    await expect(asked).rejects.toThrow('the face engine gave no usable answer to /v1/analyse');
    await expect(asked).rejects.not.toThrow('canary');
  });

  it.each([
    ['bytes that are no template', { modelChain: VENDOR_CHAIN, template: 'AAAA' }],
    ['a template that names another chain than the reply', { modelChain: 'other.1', template: templateOf() }],
  ])('hands on no %s', async (_, body) => {
    vendor.answerAlways(ok(body));
    await expect(engine.embed(picture)).rejects.toThrow('no usable answer to /v1/embed');
  });

  it('is asked for every frame of a burst, and believed in none that lacks a measure', async () => {
    const noFace = { kind: 'no-face', modelChain: VENDOR_CHAIN, timingsMs: {} };
    vendor.answerAlways(ok(noFace));
    expect(await engine.observeBurst([picture, picture])).toEqual([noFace, noFace]);
    const content = { several: false, face: { livenessScore: 0.99, passesGate: true } };
    vendor.answerAlways(ok({ ...noFace, kind: 'face', content, alignedCrop: 'AAAA', reasons: [] }));
    await expect(engine.observeBurst([picture])).rejects.toThrow('no usable answer to /v1/observe-frame');
  });

  it('has its measures of a frame read as ours are, and its vectors brought to length one', async () => {
    vendor.answerAlways(ok(frameOf({ embedding: [3, 4] })));
    const [frame] = await engine.observeBurst([picture]);
    expect(frame).toMatchObject({ kind: 'face', content: { several: false, face: { sharpness: 0.1 } } });
    if (frame?.kind !== 'face') return;
    expect([...frame.content.face!.embedding].map((value) => value.toFixed(3))).toEqual(['0.600', '0.800']);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['a patch of another size', { alignedGrey: [0.5] }],
    ['light that is brighter than white', { skinColour: [0.5, 1.5, 0.5] }],
    ['a vector without direction', { embedding: [0, 0] }],
  ])('is not believed in %s', async (_, fields) => {
    vendor.answerAlways(ok(frameOf(fields)));
    await expect(engine.observeBurst([picture])).rejects.toThrow('no usable answer');
  });

  it.each([429, 503])('is busy when it answers %d', async (status) => {
    vendor.answerAlways({ status, body: {} });
    await expect(engine.analyse(picture)).rejects.toThrow(BusyError);
  });

  it('is given no more pictures at once than it was set up for', async () => {
    vendor.answerAlways('never');
    const asked = await Promise.allSettled(Array.from({ length: 4 }, () => engine.analyse(picture)));
    expect(asked.filter(({ status }) => status === 'rejected')).toHaveLength(4);
    const busy = asked.filter(
      (outcome) => outcome.status === 'rejected' && outcome.reason instanceof BusyError,
    );
    expect(busy).toHaveLength(2);
  });

  it('has a limit of time, after which its place is free again', async () => {
    vendor.answerAlways('never');
    await expect(engine.analyse(picture)).rejects.toThrow('no usable answer');
    vendor.answerAlways(ok(face));
    expect((await engine.analyse(picture)).kind).toBe('face');
  });

  it('keeps a service from starting while it is not ready', async () => {
    vendor.answerAlways({ status: 500, body: {} });
    await expect(open()).rejects.toThrow('does not answer that it is ready');
  });
});

function frameOf(fields: Readonly<Record<string, unknown>>): unknown {
  const nowhere = { x: 0, y: 0 };
  const observed = {
    pose: { yaw: 0, pitch: 0, roll: 0 },
    points: { leftEye: nowhere, rightEye: nowhere, mouth: nowhere, noseTip: nowhere },
    eyesOpen: 1,
    box: { left: 0, top: 0, width: 1, height: 1 },
    embedding: [1, 0],
    alignedGrey: Array(PATCH_CELLS).fill(0.5),
    scene: Array(SCENE_VALUES).fill(0.5),
    skinColour: [0.5, 0.3, 0.2],
    sharpness: 0.1,
    passesGate: true,
    livenessScore: 0.99,
    ...fields,
  };
  const content = { several: false, face: observed };
  return { kind: 'face', modelChain: VENDOR_CHAIN, timingsMs: {}, alignedCrop: 'AAAA', reasons: [], content };
}

function templateOf(): string {
  const chain = Buffer.from(VENDOR_CHAIN);
  const head = Buffer.concat([Buffer.from('ABFT'), Buffer.of(1, chain.length), chain, Buffer.of(1, 0)]);
  const one = Buffer.alloc(4);
  one.writeFloatLE(1);
  return Buffer.concat([head, one]).toString('base64');
}
