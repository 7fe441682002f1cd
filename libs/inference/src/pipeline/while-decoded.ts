import type { DecodedImage } from './decode-image.js';
import { decodeImage } from './decode-image.js';
import { giveBack } from './give-back.js';
import type { StageClock } from './stage-clock.js';

/** The decoded picture is there until `look` has settled, and then gone: so is the face in it, and the garbage
 *  collector, which would mark the heap for every fourth picture, leaves the models a tenth more CPU. */
export async function whileDecoded<T>(
  bytes: Uint8Array,
  clock: StageClock,
  look: (decoded: DecodedImage) => Promise<T>,
): Promise<T> {
  const decoded = await decodeImage(bytes);
  clock.lap('decode');
  try {
    return await look(decoded);
  } finally {
    if (decoded.kind === 'image') giveBack(decoded.image.data);
  }
}
