import { randomInt } from 'node:crypto';
import sharp from 'sharp';

const FRAME = { width: 720, height: 960 };
const JPEG = { quality: 88 };

/** Frames of somebody who keeps still before a camera in the hand. No two are alike, as from any camera. */
export function heldStill(portrait: Uint8Array, count: number): Promise<Buffer[]> {
  return Promise.all(Array.from({ length: count }, () => cutOut(portrait)));
}

/** Frames of a photograph that is carried around before a wall, once in a circle, and tilted by the arm that carries
 *  it. Only the wall's noise is left to chance, so that every run is judged by the same movement. */
export async function carriedAround(photograph: Uint8Array, count: number): Promise<Buffer[]> {
  const print = await printOf(photograph);
  return Promise.all(
    Array.from({ length: count }, (_, index) => onWall(print, (2 * Math.PI * index) / count)),
  );
}

/** In thousandths of the portrait's sides, whose ratio a camera keeps: how much of it a frame shows. */
const SHOWN = { least: 820, most: 920 };
/** In thousandths of the portrait's: a camera measures the light anew for each frame. */
const BRIGHTNESS = { least: 940, most: 1060 };

async function cutOut(portrait: Uint8Array): Promise<Buffer> {
  const full = await sharp(portrait).metadata();
  const shown = randomInt(SHOWN.least, SHOWN.most) / 1000;
  const [width, height] = [Math.round(full.width * shown), Math.round(full.height * shown)];
  const [left, top] = [randomInt(full.width - width), randomInt(full.height - height)];
  return sharp(portrait)
    .extract({ left, top, width, height })
    .resize(FRAME)
    .modulate({ brightness: randomInt(BRIGHTNESS.least, BRIGHTNESS.most) / 1000 })
    .jpeg(JPEG)
    .toBuffer();
}

const WALL = { ...FRAME, channels: 3, background: '#b8b09a' } as const;
/** What stands at the edge of a portrait the detector takes, at some tilts, for a second face. */
const EDGE = 0.15;
const PRINT = { width: 280, height: 373 };
const MOST_DEGREES = 8;

async function printOf(photograph: Uint8Array): Promise<Buffer> {
  const { width, height } = await sharp(photograph).metadata();
  const [left, top] = [Math.round(width * EDGE), Math.round(height * EDGE)];
  return sharp(photograph)
    .extract({ left, top, width: width - 2 * left, height: height - 2 * top })
    .resize(PRINT)
    .toBuffer();
}

async function onWall(print: Uint8Array, angle: number): Promise<Buffer> {
  const held = await sharp(print)
    .rotate(MOST_DEGREES * Math.cos(angle), { background: WALL.background })
    .toBuffer({ resolveWithObject: true });
  const left = Math.round(((FRAME.width - held.info.width) / 2) * (1 + Math.cos(angle)));
  const top = Math.round(((FRAME.height - held.info.height) / 2) * (1 + Math.sin(angle)));
  const noise = { type: 'gaussian', mean: randomInt(160, 170), sigma: 6 } as const;
  return sharp({ create: { ...WALL, noise } })
    .composite([{ input: held.data, left, top }])
    .jpeg(JPEG)
    .toBuffer();
}
