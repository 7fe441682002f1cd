import type { Box } from '../face/geometry.js';
import type { RgbImage } from '../face/rgb-image.js';

export type Colour = readonly [red: number, green: number, blue: number];

/** Per channel, so that a highlight or the bridge of glasses within the box does not count.
 *  @param box whole pixels inside the image */
export function medianColour(image: RgbImage, box: Box): Colour {
  return [median(image, box, 0), median(image, box, 1), median(image, box, 2)];
}

function median({ data, width }: RgbImage, box: Box, channel: number): number {
  const counts = new Uint32Array(256);
  for (let row = box.top; row < box.top + box.height; row += 1) {
    for (let column = box.left; column < box.left + box.width; column += 1) {
      const value = data[(row * width + column) * 3 + channel] ?? 0;
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }
  let seen = 0;
  return counts.findIndex((count) => {
    seen += count;
    return 2 * seen >= box.width * box.height;
  });
}
