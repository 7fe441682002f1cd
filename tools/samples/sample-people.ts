import { join } from 'node:path';
import sharp from 'sharp';
import type { SamplePortrait } from './people.js';
import { portraits } from './people.js';

export interface SamplePerson {
  readonly personId: string;
  readonly portraitId: string;
  /** What the camera of a phone or kiosk would send: a portrait of 960 × 1280 pixels. */
  readonly jpeg: Buffer;
}

const CAPTURE_SIZE = { width: 960, height: 1280 };
const JPEG_QUALITY = 92;

/** @param samplesDir folder with sample1.jpg to sample6.jpg */
export function samplePeople(samplesDir: string): Promise<SamplePerson[]> {
  return Promise.all(portraits.map((portrait) => cutOut(samplesDir, portrait)));
}

async function cutOut(samplesDir: string, { personId, portraitId, photo, crop }: SamplePortrait) {
  const jpeg = await sharp(join(samplesDir, `sample${photo}.jpg`))
    .extract(crop)
    .resize(CAPTURE_SIZE)
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
  return { personId, portraitId, jpeg };
}
