import type { Box, Point } from '../face/geometry.js';
import { centreOf } from '../face/geometry.js';
import type { RgbImage } from '../face/rgb-image.js';
import { scaleBox } from '../face/scale-box.js';
import { measureGradients, transposed } from './edge-points.js';
import type { StraightEdge } from './straight-edges.js';
import { columnAt, findUprightEdges } from './straight-edges.js';

export interface BorderSegment {
  readonly from: Point;
  readonly to: Point;
}

/** The border of a flat thing that shows the face: a phone, a monitor, a paper. */
export interface PresentationBorder {
  /** 0: none seen. Above 0.5: borders run where a body should hide what is behind. 1: well beyond doubt. */
  readonly evidence: number;
  /** Which of its sides were seen, in pixels of the image. */
  readonly left?: BorderSegment;
  readonly right?: BorderSegment;
  readonly below?: BorderSegment;
}

/** Door frames and shelves behind a person end at the shoulders. Only the border of something before the camera
 *  runs on straight to both sides of the chest, or turns a corner below the chin. One side alone says nothing:
 *  that may be the back of a chair. */
export function findPresentationBorder(image: RgbImage, face: Box): PresentationBorder {
  const view = viewAround(image, face);
  const gradients = measureGradients(view.picture);
  const sides = findUprightEdges(gradients, LEAST_LENGTH * SCALE)
    .filter(isStraight)
    .map((edge) => uprightSide(view, edge))
    .filter((side) => passesBesideFace(side) && !endsInBlack(view, side));
  const bases = findUprightEdges(transposed(gradients), LEAST_LENGTH * SCALE)
    .filter(isStraight)
    .map((edge) => levelBase(view, edge))
    .filter((base) => passesBelowFace(base) && !endsInBlack(view, base));
  const found = strongest([...pairs(view, sides), ...frames(sides, bases), ...corners(view, sides, bases)]);
  return found ? inImage(view, found) : { evidence: 0 };
}

// Lengths below are in face heights (as the detector draws them: brow to chin), measured from the chin's centre.

/** Pixels per face height. A bezel of a tenth of it is still resolved, hair and cloth hardly are. */
const SCALE = 40;
/** How far around the face to look. */
const REACH = { above: 1, below: 2, beside: 1.8 };
const LEAST_LENGTH = 0.7;
/** Root mean square, in pixels: what is made straight keeps to a third of a pixel, hair and sleeves do not. */
const LARGEST_DEVIATION = 0.6;
/** From the middle of the face: nearer are its own outline and the neck. */
const LEAST_OFFSET = 0.38;
/** Difference between slopes that perspective leaves to parallels and to right angles. */
const SQUARENESS = 0.15;
/** A side starts above the face, unless the picture does not: long hair falls straight from the temples. */
const FACE_TOP = -1;
/** A side that ends in corners may be covered by fingers down to here: beside the mouth. */
const MOUTH = -0.3;
/** Between the ends of two segments that meet in a corner: they may be round. */
const CORNER_GAP = 0.2;

interface Ramp {
  readonly none: number;
  readonly full: number;
}

/** How far both sides run on below the line of the shoulders. */
const BELOW_SHOULDERS: Ramp = { none: -0.2, full: 0.3 };
/** Which share of the way from one corner to the other has a lower edge. */
const CLOSED_BELOW: Ramp = { none: 0.25, full: 0.75 };
/** How far the lower edge runs from its corner beyond the middle of the face. */
const BEYOND_MIDDLE: Ramp = { none: 0.15, full: 0.75 };

function rise({ none, full }: Ramp, value: number): number {
  return Math.min(1, Math.max(0, (value - none) / (full - none)));
}

/** The highest that background shows beside a person: from the neck outwards and down to the upper arm. */
function shoulderLine(x: number): number {
  return 0.15 + 0.65 * Math.max(0, Math.abs(x) - 0.38);
}

interface View {
  readonly picture: RgbImage;
  readonly box: Box;
  /** The middle of the chin, in pixels of the picture. */
  readonly chin: Point;
}

function viewAround(image: RgbImage, face: Box): View {
  const unit = face.height;
  const middle = centreOf(face).x;
  // Only what is in the image: its own border is no border, and beyond it there is nothing to see.
  const left = Math.max(0, middle - REACH.beside * unit);
  const top = Math.max(0, face.top - REACH.above * unit);
  const right = Math.min(image.width, middle + REACH.beside * unit);
  const bottom = Math.min(image.height, face.top + face.height + REACH.below * unit);
  const box = { left, top, width: Math.max(0, right - left), height: Math.max(0, bottom - top) };
  const scale = SCALE / unit;
  const size = { width: Math.round(box.width * scale), height: Math.round(box.height * scale) };
  return {
    picture: scaleBox(image, box, size),
    box,
    chin: { x: (middle - left) * scale, y: (face.top + face.height - top) * scale },
  };
}

function isStraight({ deviation }: StraightEdge): boolean {
  return deviation <= LARGEST_DEVIATION;
}

/** A straight stretch in face heights from the chin. */
interface Stretch extends BorderSegment {
  /** Away from its own direction, upright or level, per length. */
  readonly slope: number;
  /** Towards what would lie outside of the thing. */
  readonly outward: Point;
}

function fromChin({ chin }: View, x: number, y: number): Point {
  return { x: (x - chin.x) / SCALE, y: (y - chin.y) / SCALE };
}

function uprightSide(view: View, edge: StraightEdge): Stretch {
  const from = fromChin(view, columnAt(edge, edge.top), edge.top);
  const to = fromChin(view, columnAt(edge, edge.bottom), edge.bottom);
  return { from, to, slope: edge.slope, outward: { x: Math.sign(from.x + to.x), y: 0 } };
}

function levelBase(view: View, edge: StraightEdge): Stretch {
  const from = fromChin(view, edge.top, columnAt(edge, edge.top));
  const to = fromChin(view, edge.bottom, columnAt(edge, edge.bottom));
  return { from, to, slope: edge.slope, outward: { x: 0, y: 1 } };
}

function passesBesideFace({ from, to, outward }: Stretch): boolean {
  return Math.min(from.x * outward.x, to.x * outward.x) >= LEAST_OFFSET && from.y <= MOUTH && to.y > 0;
}

function passesBelowFace(base: Stretch): boolean {
  return heightAt(base, 0) > 0.05;
}

function heightAt({ from, slope }: Stretch, x: number): number {
  return from.y + slope * (x - from.x);
}

/** Bars that fill a video up to another format, and the wedges beside a picture that was turned, are perfectly
 *  black up to the picture's border. What a camera films seldom is. */
function endsInBlack({ picture, chin }: View, { from, to, outward }: Stretch): boolean {
  const { data, width, height } = picture;
  const SAMPLES = 12;
  let black = 0;
  let seen = 0;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const share = (sample + 0.5) / SAMPLES;
    const x = Math.round(chin.x + SCALE * (from.x + share * (to.x - from.x)));
    const y = Math.round(chin.y + SCALE * (from.y + share * (to.y - from.y)));
    for (let away = 3; ; away += 3) {
      const column = x + away * outward.x;
      const row = y + away * outward.y;
      if (column < 0 || column >= width || row < 0 || row >= height) break;
      const at = (row * width + column) * 3;
      seen += 1;
      if (Math.max(data[at] as number, data[at + 1] as number, data[at + 2] as number) <= BLACK) black += 1;
    }
  }
  return black >= 0.9 * seen;
}

/** What JPEG leaves of zero. */
const BLACK = 6;

interface Finding {
  readonly evidence: number;
  readonly left?: Stretch;
  readonly right?: Stretch;
  readonly below?: Stretch;
}

function strongest(findings: readonly Finding[]): Finding | undefined {
  return findings.reduce<Finding | undefined>(
    (best, finding) => (finding.evidence > (best?.evidence ?? 0) ? finding : best),
    undefined,
  );
}

function leftAndRight(sides: readonly Stretch[]): { left: Stretch; right: Stretch }[] {
  const lefts = sides.filter(({ outward }) => outward.x < 0);
  const rights = sides.filter(({ outward }) => outward.x > 0);
  return lefts.flatMap((left) =>
    rights
      .filter((right) => Math.abs(left.slope - right.slope) <= SQUARENESS)
      .map((right) => ({ left, right })),
  );
}

function startsHigh({ chin }: View, { from }: Stretch): boolean {
  const pictureTop = (2 - chin.y) / SCALE;
  return from.y <= Math.max(FACE_TOP, pictureTop);
}

/** Parallel sides that run on where the body should hide them. */
function pairs(view: View, sides: readonly Stretch[]): Finding[] {
  const below = ({ to }: Stretch) => to.y - shoulderLine(to.x);
  return leftAndRight(sides.filter((side) => startsHigh(view, side))).map(({ left, right }) => ({
    evidence: rise(BELOW_SHOULDERS, Math.min(below(left), below(right))),
    left,
    right,
  }));
}

function meets(side: Stretch, base: Stretch): boolean {
  const square = Math.abs(side.slope + base.slope) <= SQUARENESS;
  return square && Math.abs(side.to.y - heightAt(base, side.to.x)) <= CORNER_GAP;
}

/** Parallel sides and the lower edge between them. */
function frames(sides: readonly Stretch[], bases: readonly Stretch[]): Finding[] {
  return leftAndRight(sides).flatMap(({ left, right }) =>
    bases
      .filter((base) => meets(left, base) && meets(right, base))
      .map((below) => ({ evidence: rise(CLOSED_BELOW, covered(below, left, right)), left, right, below })),
  );
}

function covered(base: Stretch, left: Stretch, right: Stretch): number {
  const shared = Math.min(base.to.x, right.to.x) - Math.max(base.from.x, left.to.x);
  return shared / (right.to.x - left.to.x);
}

/** One side and the lower edge that starts at its foot and passes below the face. */
function corners(view: View, sides: readonly Stretch[], bases: readonly Stretch[]): Finding[] {
  return sides
    .filter((side) => startsHigh(view, side))
    .flatMap((side) => {
      const isLeft = side.outward.x < 0;
      return bases
        .filter((base) => meets(side, base))
        .filter((base) => Math.abs((isLeft ? base.from.x : base.to.x) - side.to.x) <= CORNER_GAP)
        .map((below) => ({
          evidence: rise(BEYOND_MIDDLE, isLeft ? below.to.x : -below.from.x),
          ...(isLeft ? { left: side } : { right: side }),
          below,
        }));
    });
}

function inImage(
  { box, picture, chin }: View,
  { evidence, left, right, below }: Finding,
): PresentationBorder {
  const point = ({ x, y }: Point) => ({
    x: box.left + ((chin.x + x * SCALE + 0.5) * box.width) / picture.width,
    y: box.top + ((chin.y + y * SCALE + 0.5) * box.height) / picture.height,
  });
  const segment = ({ from, to }: Stretch): BorderSegment => ({ from: point(from), to: point(to) });
  return {
    evidence,
    ...(left && { left: segment(left) }),
    ...(right && { right: segment(right) }),
    ...(below && { below: segment(below) }),
  };
}
