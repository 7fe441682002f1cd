import type { Size } from '../face/geometry.js';
import type { Gradients } from './edge-points.js';
import { EdgePoints } from './edge-points.js';

interface Line {
  readonly at: number;
  readonly slope: number;
}

interface Stretch {
  readonly top: number;
  readonly bottom: number;
}

/** Part of an edge that runs across the rows: x = at + slope · row, from the row `top` to `bottom`. */
export interface StraightEdge extends Line, Stretch {
  /** How far its points lie from the line, root mean square in pixels. */
  readonly deviation: number;
}

// Columns per row: about 17°. A device held more askew shows a face too askew for the quality gate.
const STEEPEST_SLOPE = 0.3;
const SLOPE_STEP = 1 / 40;
const SLOPES = 2 * Math.round(STEEPEST_SLOPE / SLOPE_STEP) + 1;
// Pixels between a line and a point that still belongs to it.
const TOLERANCE = 1;
// Rows that a line may pass without an edge, as under a finger, and the share of its rows that must have one.
const LONGEST_GAP = 8;
const LEAST_SUPPORT = 0.8;
// What has most votes is tried first, so what comes after these is texture.
const MOST_TRIES = 40;

/** The straight upright edges of at least `leastLength` rows, by a Hough transform over few slopes. */
export function findUprightEdges(gradients: Gradients, leastLength: number): StraightEdge[] {
  const points = new EdgePoints(gradients);
  const votes = new Votes(points);
  points.forEach((x, row) => {
    votes.add(x, row, 1);
  });
  const found: StraightEdge[] = [];
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const candidate = votes.takeBest(leastLength * LEAST_SUPPORT);
    if (!candidate) break;
    const edge = settle(points, candidate, leastLength);
    if (!edge) continue;
    found.push(edge);
    for (let row = edge.top; row <= edge.bottom; row += 1) {
      points.remove(columnAt(edge, row), row, (x) => {
        votes.add(x, row, -1);
      });
    }
  }
  return found;
}

export function columnAt({ at, slope }: Line, row: number): number {
  return at + slope * row;
}

/** Each point votes for the lines through it: a cell per slope and per crossing of the middle row. */
class Votes {
  readonly #cells: Int16Array;
  readonly #columns: number;
  readonly #margin: number;
  readonly #middle: number;

  constructor({ width, height }: Size) {
    this.#middle = height / 2;
    // Lines may enter through the sides of the picture, and the outermost cells have neighbours too.
    this.#margin = Math.ceil(STEEPEST_SLOPE * this.#middle) + 2;
    this.#columns = width + 2 * this.#margin;
    this.#cells = new Int16Array(SLOPES * this.#columns);
  }

  add(x: number, row: number, weight: number): void {
    const start = x + this.#margin + 0.5;
    const down = row - this.#middle;
    for (let index = 0; index < SLOPES; index += 1) {
      const column = Math.trunc(start - slopeAt(index) * down);
      (this.#cells[index * this.#columns + column] as number) += weight;
    }
  }

  /** The line with most votes, those of the neighbouring cells included; never the same one again. */
  takeBest(least: number): Line | undefined {
    const cells = this.#cells;
    let best = -1;
    let most = least;
    for (let cell = 1; cell < cells.length - 1; cell += 1) {
      const own = cells[cell] as number;
      if (own <= 0) continue;
      const sum = (cells[cell - 1] as number) + own + (cells[cell + 1] as number);
      if (sum < most) continue;
      best = cell;
      most = sum + 1;
    }
    if (best < 0) return undefined;
    cells[best] = OUT_OF_THE_RACE;
    const slope = slopeAt(Math.floor(best / this.#columns));
    return { slope, at: (best % this.#columns) - this.#margin - slope * this.#middle };
  }
}

// Further below zero than any line has points.
const OUT_OF_THE_RACE = -8192;

function slopeAt(index: number): number {
  return (index - (SLOPES - 1) / 2) * SLOPE_STEP;
}

/** The cells are coarse: the line is fitted to its points, and the points are sought again along the fit. */
function settle(points: EdgePoints, candidate: Line, leastLength: number): StraightEdge | undefined {
  const rough = longestStretch(points, candidate, leastLength);
  if (!rough) return undefined;
  const line = fit(points, candidate, rough);
  const stretch = longestStretch(points, line, leastLength);
  return stretch && fit(points, line, stretch);
}

function longestStretch(points: EdgePoints, line: Line, leastLength: number): Stretch | undefined {
  let longest: Stretch | undefined;
  let needed = leastLength;
  let top = -1;
  let bottom = -1;
  let hits = 0;
  const close = () => {
    const length = bottom - top + 1;
    if (top >= 0 && length >= needed && hits >= length * LEAST_SUPPORT) {
      longest = { top, bottom };
      needed = length + 1;
    }
    top = -1;
    hits = 0;
  };
  for (let row = 0; row < points.height; row += 1) {
    if (top >= 0 && row - bottom > LONGEST_GAP) close();
    if (points.near(columnAt(line, row), row, TOLERANCE) < 0) continue;
    if (top < 0) top = row;
    bottom = row;
    hits += 1;
  }
  close();
  return longest;
}

/** Least squares over the points of a stretch. */
function fit(points: EdgePoints, line: Line, { top, bottom }: Stretch): StraightEdge {
  const middle = (top + bottom) / 2;
  let count = 0;
  let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0];
  for (let row = top; row <= bottom; row += 1) {
    const expected = columnAt(line, row);
    const crossing = points.near(expected, row, TOLERANCE);
    if (crossing < 0) continue;
    const away = crossing - expected;
    const below = row - middle;
    count += 1;
    x += away;
    y += below;
    xx += away * away;
    xy += away * below;
    yy += below * below;
  }
  const slope = (count * xy - x * y) / (count * yy - y * y);
  const centre = (x - slope * y) / count;
  const squares = xx - centre * x - slope * xy;
  return {
    at: line.at + centre - slope * middle,
    slope: line.slope + slope,
    top,
    bottom,
    deviation: Math.sqrt(Math.max(0, squares) / count),
  };
}
