import sharp from 'sharp';
import { fetchSamplePhotos, silent } from '@absah/local-infra';
import { samplePeople } from '../../samples/index.js';

const SIZE = { width: 1280, height: 960 };
const JPEG_QUALITY = 92;
// Standard deviation of a channel, as of a telephone indoors. The samples are enlarged, and without the noise of
// a sensor they would decode faster than a real capture.
const NOISE = 2.5;

/** Sample people as a webcam would send them: 1280 × 960, the face amid a room. */
export async function webcamCaptures(): Promise<readonly Uint8Array[]> {
  const people = await samplePeople(await fetchSamplePhotos(silent));
  return Promise.all(people.map(({ jpeg }) => asWebcamCapture(jpeg)));
}

async function asWebcamCapture(portrait: Uint8Array): Promise<Uint8Array> {
  const fitted = await sharp(portrait).resize({ height: SIZE.height }).toBuffer({ resolveWithObject: true });
  const left = Math.floor((SIZE.width - fitted.info.width) / 2);
  const right = SIZE.width - fitted.info.width - left;
  const pixels = await sharp(fitted.data).extend({ left, right, extendWith: 'copy' }).raw().toBuffer();
  addNoise(pixels);
  return sharp(pixels, { raw: { ...SIZE, channels: 3 } })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}

/** Always the same noise, so that two runs measure the same files. */
function addNoise(pixels: Uint8Array): void {
  const uniform = linearCongruence();
  for (let index = 0; index < pixels.length; index += 1) {
    // Three uniform numbers make a bell of variance ¼.
    const bell = uniform() + uniform() + uniform() - 1.5;
    const value = (pixels[index] as number) + Math.round(bell * 2 * NOISE);
    pixels[index] = Math.min(Math.max(value, 0), 255);
  }
}

// Multiplier and increment of Numerical Recipes.
function linearCongruence(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
