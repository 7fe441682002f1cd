import { randomInt } from 'node:crypto';
import sharp from 'sharp';

const FRAME = { width: 720, height: 960 };
const JPEG = { quality: 88 };

/** Frames of somebody who keeps still before a camera in the hand. No two are alike, as from any camera. */
export function heldStill(portrait: Uint8Array, count: number): Promise<Buffer[]> {
  return Promise.all(Array.from({ length: count }, () => cutOut(portrait)));
}

/** Frames of a photograph that is carried around before a wall, once in a circle, and tilted. */
export function carriedAround(photograph: Uint8Array, count: number): Promise<Buffer[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => onWall(photograph, (2 * Math.PI * index) / count)),
  );
}

/** In thousandths of a side: what a frame leaves out of the portrait. */
const MARGIN = { least: 40, most: 90 };

async function cutOut(portrait: Uint8Array): Promise<Buffer> {
  const { width, height } = await sharp(portrait).metadata();
  const margin = (side: number) => Math.round((side * randomInt(MARGIN.least, MARGIN.most)) / 1000);
  const [left, top] = [margin(width), margin(height)];
  return sharp(portrait)
    .extract({ left, top, width: width - left - margin(width), height: height - top - margin(height) })
    .resize(FRAME)
    .jpeg(JPEG)
    .toBuffer();
}

const WALL = { ...FRAME, channels: 3, background: '#b8b09a' } as const;
const PRINT = { width: 400, height: 534 };
const MOST_DEGREES = 8;

async function onWall(photograph: Uint8Array, angle: number): Promise<Buffer> {
  const print = await sharp(photograph)
    .resize(PRINT)
    .rotate(randomInt(-MOST_DEGREES, MOST_DEGREES + 1), { background: WALL.background })
    .toBuffer({ resolveWithObject: true });
  const left = Math.round(((FRAME.width - print.info.width) / 2) * (1 + Math.cos(angle)));
  const top = Math.round(((FRAME.height - print.info.height) / 2) * (1 + Math.sin(angle)));
  const noise = { type: 'gaussian', mean: randomInt(160, 170), sigma: 6 } as const;
  return sharp({ create: { ...WALL, noise } })
    .composite([{ input: print.data, left, top }])
    .jpeg(JPEG)
    .toBuffer();
}
