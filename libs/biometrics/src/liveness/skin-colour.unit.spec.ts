import { describe, expect, it } from '@jest/globals';
import { ALIGNED_SIZE } from '../face/crops.js';
import type { RgbImage } from '../face/rgb-image.js';
import { colourEvidence, measureRedness } from './skin-colour.js';

type Colour = readonly [red: number, green: number, blue: number];

/** The aligned crop of a face in one colour, or row by row in several. */
function face(colourOf: (row: number) => Colour): RgbImage {
  const data = new Uint8Array(ALIGNED_SIZE * ALIGNED_SIZE * 3);
  for (let pixel = 0; pixel < ALIGNED_SIZE * ALIGNED_SIZE; pixel += 1) {
    data.set(colourOf(Math.floor(pixel / ALIGNED_SIZE)), pixel * 3);
  }
  return { data, width: ALIGNED_SIZE, height: ALIGNED_SIZE };
}

const evidenceOf = (colourOf: (row: number) => Colour) => colourEvidence(measureRedness(face(colourOf)));

const SKIN: Colour = [190, 140, 120];
const DARK_SKIN: Colour = [70, 48, 38];

describe('colourEvidence (V4)', () => {
  it.each<[string, Colour]>([
    ['light skin', [224, 188, 170]],
    ['brown skin', SKIN],
    ['dark skin', DARK_SKIN],
    ['skin in warm light', [200, 110, 60]],
  ])('has nothing against %s', (_, colour) => {
    expect(evidenceOf(() => colour)).toBe(0);
  });

  it.each<[string, Colour, number]>([
    ['a black-and-white print', [120, 120, 120], 0.5],
    ['a screen with a cast of blue', [90, 140, 150], 1],
    ['a screen turned up', [240, 70, 20], 1],
    ['a screen turned up a little', [220, 87, 40], 0.5],
  ])('speaks up against %s', (_, colour, strength) => {
    expect(evidenceOf(() => colour)).toBeCloseTo(strength, 1);
  });

  it('does not hold overexposure against a living person', () => {
    expect(evidenceOf((row) => (row < 90 ? [255, 150, 90] : SKIN))).toBe(0);
  });

  it('finds skin beside a white mask', () => {
    expect(evidenceOf((row) => (row < 66 ? SKIN : [210, 212, 214]))).toBe(0);
  });

  it('says nothing when hardly any of the face is exposed well', () => {
    expect(measureRedness(face(() => [10, 12, 14]))).toBeNaN();
    expect(evidenceOf(() => [10, 12, 14])).toBe(0);
  });
});
