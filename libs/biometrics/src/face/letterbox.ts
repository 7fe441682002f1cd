import type { Box, Size } from './geometry.js';

/** Where a whole image lies inside the fixed input of the detector. Sizes are whole pixels. */
export interface Letterbox {
  readonly target: Size;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** @param fill share of the target that the image may take; below 1 leaves a border all around, without
 *  which the detector misses a face that fills the frame. */
export function fitLetterbox(image: Size, target: Size, fill = 1): Letterbox {
  const scale = fill * Math.min(target.width / image.width, target.height / image.height);
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  return {
    target,
    width,
    height,
    left: Math.floor((target.width - width) / 2),
    top: Math.floor((target.height - height) / 2),
  };
}

/** @param box in shares of the detector's input, 0..1
 *  @returns the same box in pixels of the image */
export function fromLetterbox(box: Box, letterbox: Letterbox, image: Size): Box {
  const scaleX = image.width / letterbox.width;
  const scaleY = image.height / letterbox.height;
  return {
    left: (box.left * letterbox.target.width - letterbox.left) * scaleX,
    top: (box.top * letterbox.target.height - letterbox.top) * scaleY,
    width: box.width * letterbox.target.width * scaleX,
    height: box.height * letterbox.target.height * scaleY,
  };
}
