import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Box, Point, Size } from '../face/geometry.js';
import { mirrored } from '../face/planes.js';
import type { RgbImage } from '../face/rgb-image.js';
import type { BorderSegment } from './presentation-border.js';
import { findPresentationBorder } from './presentation-border.js';

type Colour = readonly [number, number, number];

const WALL: Colour = [150, 150, 140];
const SCREEN: Colour = [210, 215, 230];
const BEZEL: Colour = [25, 25, 28];
const CLOTH: Colour = [70, 80, 110];
const SKIN: Colour = [180, 140, 120];

const SIZE: Size = { width: 240, height: 320 };
const FACE: Box = { left: 97.5, top: 100, width: 45, height: 60 };
const CHIN: Point = { x: 120, y: 160 };

type Painter = (x: number, y: number) => Colour;

function painted({ width, height }: Size, colourAt: Painter): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set(colourAt(x, y), (y * width + x) * 3);
  }
  return { data, width, height };
}

/** Painted in face heights from the chin. */
function scene(colourAt: Painter): RgbImage {
  return painted(SIZE, (x, y) =>
    colourAt((x + 0.5 - CHIN.x) / FACE.height, (y + 0.5 - CHIN.y) / FACE.height),
  );
}

function evidenceIn(colourAt: Painter): number {
  return findPresentationBorder(scene(colourAt), FACE).evidence;
}

/** Head, neck and shoulders of somebody in front of `background`. */
function person(background: Painter): Painter {
  return (x, y) => {
    const fromMiddle = Math.abs(x);
    if ((x / 0.42) ** 2 + ((y + 0.58) / 0.63) ** 2 < 1) return SKIN;
    if (y > 0.08 + 0.3 * fromMiddle && fromMiddle < 1.4) return CLOTH;
    return fromMiddle < 0.2 && y > -0.17 ? SKIN : background(x, y);
  };
}

interface Sheet {
  readonly half: number;
  readonly top: number;
  readonly bottom: number;
}

/** The person shown on something flat before a wall; it has a bezel and is turned a little. */
function shown({ half, top, bottom }: Sheet, bezel = BEZEL): Painter {
  const content = person(() => SCREEN);
  return (x, y) => {
    const across = Math.abs(x + 0.04 * y);
    const down = y - 0.04 * x;
    const inset = Math.min(half - across, down - top, bottom - down);
    if (inset < 0) return WALL;
    return inset < 0.1 ? bezel : content(x, y);
  };
}

const PHONE: Sheet = { half: 1, top: -3, bottom: 3 };
const PAPER: Sheet = { half: 0.75, top: -1.6, bottom: 0.7 };

/** Where a segment ends, in face heights from the chin. */
function endOf(segment: BorderSegment | undefined): Point {
  if (!segment) throw new Error('not found');
  return { x: (segment.to.x - CHIN.x) / FACE.height, y: (segment.to.y - CHIN.y) / FACE.height };
}

describe('findPresentationBorder', () => {
  describe('when the face is shown on a flat thing', () => {
    it('finds the sides of a phone that runs through the whole picture (V4)', () => {
      const border = findPresentationBorder(scene(shown(PHONE)), FACE);
      expect(border.evidence).toBe(1);
      expect(Math.abs(endOf(border.left).x + 1)).toBeLessThan(0.2);
      expect(Math.abs(endOf(border.right).x - 1)).toBeLessThan(0.2);
      expect(border.below).toBeUndefined();
    });

    it('finds the lower edge of a paper that ends below the chin', () => {
      const border = findPresentationBorder(scene(shown(PAPER, SCREEN)), FACE);
      expect(border.evidence).toBe(1);
      expect(endOf(border.left).x).toBeCloseTo(-0.78, 1);
      expect(endOf(border.right).x).toBeCloseTo(0.72, 1);
      expect(endOf(border.below).y).toBeCloseTo(0.73, 1);
    });

    it('is content with one corner when a hand covers the other', () => {
      const paper = shown(PAPER, SCREEN);
      const border = findPresentationBorder(
        scene((x, y) => (Math.hypot(x - 1.1, y + 0.2) < 0.55 ? SKIN : paper(x, y))),
        FACE,
      );
      expect(border.evidence).toBeGreaterThan(0.5);
      expect(endOf(border.left).x).toBeCloseTo(-0.78, 1);
      expect(border.right).toBeUndefined();
    });
  });

  describe('when a person is before the camera', () => {
    it('finds nothing before a plain wall', () => {
      expect(findPresentationBorder(scene(person(() => WALL)), FACE)).toEqual({ evidence: 0 });
    });

    it.each([0.67, 0.9, 1.25])('takes a door frame behind the shoulders for what it is (%d)', (half) => {
      const frame = person((x) => (Math.abs(x) < half ? SCREEN : WALL));
      expect(evidenceIn(frame)).toBeLessThan(0.25);
    });

    it('does not trust one side alone', () => {
      const standing = person(() => WALL);
      expect(evidenceIn((x, y) => (x > 0.67 ? BEZEL : standing(x, y)))).toBe(0);
    });

    it('does not take hair for a border: it waves, or falls from the temples', () => {
      const waved = (x: number, y: number) =>
        Math.abs(x) < 0.62 + 0.02 * Math.sign(Math.sin(6 * y)) && y > -1.4;
      const straight = (x: number, y: number) => Math.abs(x) < 0.62 && y > -0.85;
      for (const isHair of [waved, straight]) {
        expect(evidenceIn((x, y) => (isHair(x, y) ? BEZEL : WALL))).toBe(0);
      }
    });

    it('does not take sides that run apart for one thing', () => {
      expect(evidenceIn((x, y) => (Math.abs(x) < 0.85 + 0.15 * y ? CLOTH : WALL))).toBe(0);
    });
  });

  it('does not take black bars up to the border of the picture for a bezel', () => {
    const bars = (level: number) => evidenceIn((x) => (Math.abs(x) > 1 ? [level, level, level] : SCREEN));
    expect(bars(0)).toBe(0);
    expect(bars(25)).toBe(1);
  });

  it('grows the further the sides run on below the shoulders', () => {
    // Pointed below, so that there is no lower edge.
    const pennant = (end: number) =>
      evidenceIn((x, y) => (Math.abs(x) < 0.62 - Math.max(0, y - end) ? SCREEN : WALL));
    const evidences = [-0.17, 0.17, 0.42, 0.67, 0.92].map(pennant);
    expect(evidences).toEqual([...evidences].sort((a, b) => a - b));
    expect(evidences[0]).toBe(0);
    expect(evidences.at(-1)).toBe(1);
  });

  it('sees the same in the mirror', () => {
    const image = scene(shown(PAPER));
    const straight = findPresentationBorder(image, FACE);
    const reversed = findPresentationBorder(mirrored(image), FACE);
    expect(reversed.evidence).toBeCloseTo(straight.evidence, 1);
    expect(endOf(reversed.left).x).toBeCloseTo(-endOf(straight.right).x, 1);
  });

  it('answers between 0 and 1 whatever the picture and wherever the face', () => {
    const side = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(side, side, fc.integer(), side, side, (width, height, seed, faceWidth, faceHeight) => {
        const noise = (x: number, y: number) =>
          Math.imul(seed ^ Math.imul(x, 73_856_093), y + 19_349_663) >>> 24;
        const image = painted({ width, height }, (x, y) => [noise(x, y), noise(y, x), 0]);
        const face = { left: width - faceWidth, top: -faceHeight / 2, width: faceWidth, height: faceHeight };
        const { evidence } = findPresentationBorder(image, face);
        expect(evidence).toBeGreaterThanOrEqual(0);
        expect(evidence).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });
});
