import type { RgbImage } from '@absah/biometrics';
import sharp from 'sharp';

/** Clockwise. */
export type QuarterTurns = 1 | 2 | 3;

export async function turnImage(image: RgbImage, turns: QuarterTurns): Promise<RgbImage> {
  const { width, height } = image;
  const { data, info } = await sharp(image.data, { raw: { width, height, channels: 3 } })
    .rotate(turns * 90)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
