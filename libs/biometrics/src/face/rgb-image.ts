import type { Size } from './geometry.js';

/** Interleaved 8-bit red, green, blue. */
export interface RgbImage extends Size {
  readonly data: Uint8Array;
}
