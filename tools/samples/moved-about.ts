import { randomInt } from 'node:crypto';
import sharp from 'sharp';

const FRAME_SIZE = { width: 720, height: 960 };
/** Of each side of the photograph, in thousandths: how much of it a frame leaves out. */
const LEAST_MARGIN = 40;
const MOST_MARGIN = 90;
const MOST_DEGREES = 3;

/** Frames of a photograph that is held before the camera and moved. Never the same bytes, as from any camera. */
export function movedAbout(jpeg: Uint8Array, count: number): Promise<Buffer[]> {
  return Promise.all(Array.from({ length: count }, () => frameOf(jpeg)));
}

async function frameOf(jpeg: Uint8Array): Promise<Buffer> {
  const photograph = sharp(jpeg);
  const { width, height } = await photograph.metadata();
  const left = share(width);
  const top = share(height);
  return photograph
    .extract({ left, top, width: width - left - share(width), height: height - top - share(height) })
    .rotate(randomInt(-MOST_DEGREES * 100, MOST_DEGREES * 100) / 100, { background: 'grey' })
    .resize({ ...FRAME_SIZE, fit: 'cover' })
    .jpeg({ quality: 88 })
    .toBuffer();
}

function share(side: number): number {
  return Math.round((side * randomInt(LEAST_MARGIN, MOST_MARGIN)) / 1000);
}
