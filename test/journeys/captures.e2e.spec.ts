import { verificationView } from '@absah/contracts';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { enrolNewPerson, prepareFaces, type Face } from '../../tools/bench/pipeline/subjects.js';
import type { Picture } from '../../tools/laptop/verification-form.js';
import { blurred, darkened } from '../../tools/samples/index.js';
import { JourneyBed, START_TIMEOUT_MS } from './bed/journey-bed.js';
import { CaptureStreamWatch } from './desks/capture-stream-watch.js';
import { OperatorClient } from './desks/operator-client.js';

let bed: JourneyBed;
let captures: CaptureStreamWatch;
let her: Face;
let somebodyElse: Face;

beforeAll(async () => {
  bed = await JourneyBed.open();
  captures = await CaptureStreamWatch.open(bed.platform);
  const faces = await prepareFaces(bed.platform.modelsDir);
  [her, somebodyElse] = [faces[0]!, faces.at(-1)!];
}, START_TIMEOUT_MS);
afterAll(async () => {
  await captures?.close();
  await bed?.close();
});

/** Sends a picture with the NIK of her whom the registry knows, and watches it come and go. */
async function decisionOn(picture: Picture) {
  const nik = await enrolNewPerson(bed.platform, her);
  const { lastSequence } = await captures.held();
  const { status, body } = await new OperatorClient(bed.platform).submit(nik, picture, { prefer: 'wait=10' });
  const left = await waitFor(
    async () => {
      const held = await captures.held();
      return held.messages === 0 && held;
    },
    { description: 'the end of the picture' },
  );
  expect(left.lastSequence).toBeGreaterThan(lastSequence);
  expect(status).toBe(201);
  return verificationView.parse(body);
}

describe('a picture that shows no usable face', () => {
  it.each([
    ['of two people', sideBySide, 'two-faces', 'hanya Anda', 'nobody but you'],
    ['of nobody', landscape, 'no-face', 'Hadapkan wajah', 'Face the camera'],
    ['that was cut off on its way', cutOff, 'unreadable', 'Ambil foto baru', 'Take a new one'],
    ['taken in the dark', () => darkened(her.image), 'too-dark', 'lebih terang', 'brighter place'],
    ['out of focus', () => blurred(her.image), 'blurred', 'Bersihkan lensa', 'Wipe the lens'],
  ])(
    '%s asks for another one, says how, accuses nobody and is gone (V7, A3)',
    async (_, take, code, indonesian, english) => {
      const { status, reasons, matchScore } = await decisionOn({ bytes: await take() });
      expect(status).toBe('retake');
      expect(reasons[0]).toEqual({
        code,
        advice: { id: expect.stringContaining(indonesian), en: expect.stringContaining(english) },
      });
      expect(matchScore).toBeUndefined();
    },
  );
});

describe('her own picture', () => {
  it.each([
    ['lying, with its orientation in EXIF', lying, 'image/jpeg'],
    ['as PNG', () => sharp(her.image).png().toBuffer(), 'image/png'],
    ['as WebP', () => sharp(her.image).webp({ quality: 90 }).toBuffer(), 'image/webp'],
  ])('%s is approved, and gone (V1, A3)', async (_, take, mediaType) => {
    const view = await decisionOn({ bytes: await take(), mediaType });
    expect(view).toMatchObject({ status: 'approved', reasons: [] });
    expect(view.matchScore).toBeGreaterThanOrEqual(0.95);
  });
});

function sideBySide(): Promise<Buffer> {
  return sharp([her.image, somebodyElse.image], { join: { across: 2 } })
    .jpeg()
    .toBuffer();
}

function landscape(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
  return sharp({ create: { width: 1280, height: 960, channels: 3, background: 'black', noise } })
    .blur(8)
    .jpeg()
    .toBuffer();
}

/** Its header is whole. */
async function cutOff(): Promise<Uint8Array> {
  return her.image.subarray(0, Math.floor(her.image.length / 2));
}

/** The way a phone stores a portrait: a landscape and the note to turn it. */
function lying(): Promise<Buffer> {
  return sharp(her.image).rotate(90).withMetadata({ orientation: 8 }).jpeg({ quality: 95 }).toBuffer();
}
