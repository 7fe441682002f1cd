import type { FlashColour } from './flash-colour.js';
import { FLASH_MS, flashColours } from './flash-colour.js';
import type { LinearColour, ObservedFace } from './frame-observation.js';
import { freeCells } from './same-scene.js';

/** Root mean square change of a face's colour below which nothing can be said: cameras adjust their white
 *  balance by two or three hundredths on their own. */
const MIN_MODULATION = 0.05;

/** Correlation from which another sequence than the one shown is held against a face: among so many, chance alone
 *  often finds one that fits fairly well. */
const MIN_CONTRADICTION = 0.95;

/** Screens and cameras lag, and cameras blend old light into new frames. */
const SETTLED = 0.3;

export type Reflection = 'reflected' | 'not-seen' | 'contradicted';

type TimedFace = ObservedFace & { readonly atMs: number };

/** Which of all sequences of as many colours the face shows best. `contradicted` takes a clear sight of
 *  another one; bright surroundings, a dim screen or a missing frame leave it at `not-seen`. */
export function readReflection(faces: readonly TimedFace[], shown: readonly FlashColour[]): Reflection {
  const seen = chromaPerColour(faces, shown.length);
  if (!seen || Math.sqrt(dot(seen, seen) / seen.length) < MIN_MODULATION) return 'not-seen';
  const best = sequences(shown.length)
    .map((colours) => ({ colours, match: correlation(seen, expected(colours)) }))
    .reduce((a, b) => (b.match > a.match ? b : a));
  if (best.colours.join() === shown.join()) return 'reflected';
  return best.match >= MIN_CONTRADICTION ? 'contradicted' : 'not-seen';
}

/** The face's chroma during each colour, as a deviation from its mean over all: three numbers per colour. */
function chromaPerColour(faces: readonly TimedFace[], count: number): number[] | undefined {
  const perColour: number[][] = [];
  for (let position = 0; position < count; position += 1) {
    const during = faces.filter(
      ({ atMs }) => atMs >= (position + SETTLED) * FLASH_MS && atMs < (position + 1) * FLASH_MS,
    );
    if (during.length === 0) return undefined;
    perColour.push(meanOf(during.map(chroma)));
  }
  return centred(perColour);
}

/** Logarithm of the skin's light over that of the surroundings, which cancels exposure and white balance of
 *  the camera; without its mean over the channels, which cancels shadow and distance. */
function chroma(face: TimedFace): number[] {
  const behind = background(face);
  const ratio = face.skinColour.map((light, channel) =>
    Math.log(nonZero(light) / nonZero(behind[channel] ?? 1)),
  );
  const mean = ratio.reduce((sum, value) => sum + value, 0) / ratio.length;
  return ratio.map((value) => value - mean);
}

/** White when the face fills the frame: then the camera's own adjustments stay in. */
function background({ scene, box }: ObservedFace): LinearColour {
  const cells = freeCells(box);
  if (cells.length === 0) return [1, 1, 1];
  const mean = (channel: number) =>
    cells.reduce((sum, cell) => sum + (scene[cell * 3 + channel] ?? 0), 0) / cells.length;
  return [mean(0), mean(1), mean(2)];
}

/** A 8-bit picture's darkest light that is not black. */
function nonZero(light: number): number {
  return Math.max(light, 1 / (255 * 12.92));
}

function expected(colours: readonly FlashColour[]): number[] {
  return centred(
    colours.map((colour) => flashColours.map((primary) => (primary === colour ? 2 / 3 : -1 / 3))),
  );
}

/** Also those with a colour twice in a row, which are never drawn but come of a late recording. One colour all
 *  along would be no change, so it is left out. */
function sequences(length: number): FlashColour[][] {
  return combinations(length).filter((colours) => colours.some((colour) => colour !== colours[0]));
}

function combinations(length: number): FlashColour[][] {
  if (length === 0) return [[]];
  return combinations(length - 1).flatMap((start) => flashColours.map((colour) => [...start, colour]));
}

function meanOf(vectors: readonly (readonly number[])[]): number[] {
  return [0, 1, 2].map(
    (axis) => vectors.reduce((sum, vector) => sum + (vector[axis] ?? 0), 0) / vectors.length,
  );
}

function centred(vectors: readonly (readonly number[])[]): number[] {
  const mean = meanOf(vectors);
  return vectors.flatMap((vector) => vector.map((value, axis) => value - (mean[axis] ?? 0)));
}

function correlation(a: readonly number[], b: readonly number[]): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
