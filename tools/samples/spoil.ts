import sharp from 'sharp';

// Both beyond doubt: no person could still be told by such a picture.
const BLUR_SIGMA = 10;
const DARKENING = 0.15;

/** As by a camera out of focus. */
export function blurred(jpeg: Uint8Array): Promise<Buffer> {
  return sharp(jpeg).blur(BLUR_SIGMA).jpeg().toBuffer();
}

/** As in a room without light. */
export function darkened(jpeg: Uint8Array): Promise<Buffer> {
  return sharp(jpeg).linear(DARKENING, 0).jpeg().toBuffer();
}
