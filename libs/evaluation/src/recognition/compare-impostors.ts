import { ImpostorCollector } from './impostor-scores.js';
import type { ImpostorScores } from './impostor-scores.js';
import type { Comparisons } from './template-table.js';

/** Which of several equal parts of the work to do. */
export interface WorkShare {
  readonly part: number;
  readonly parts: number;
}

// A tile's sums stay in registers, a strip of references in the processor's cache.
const TILE_ROWS = 2;
const TILE_COLUMNS = 4;
const STRIP = 256;
/** Rows of probes that are handed out in turn, so that the triangle of pairs is shared evenly. */
const TURN = 64;

/**
 * Compares every probe with every reference of another person.
 * @param capacity at least twice as many scores as must be known exactly
 */
export function compareImpostors(
  comparisons: Comparisons,
  capacity: number,
  { part, parts }: WorkShare = { part: 0, parts: 1 },
): ImpostorScores {
  const collector = new ImpostorCollector(capacity);
  const { probes, references } = comparisons;
  const [rows, columns] = [probes.persons.length, references.persons.length];
  const sums = new Float64Array(TILE_ROWS * TILE_COLUMNS);
  for (let turn = part * TURN; turn < rows; turn += parts * TURN) {
    for (let strip = 0; strip < columns; strip += STRIP) {
      for (let row = turn; row < Math.min(turn + TURN, rows); row += TILE_ROWS) {
        for (let column = strip; column < Math.min(strip + STRIP, columns); column += TILE_COLUMNS) {
          if (comparisons.symmetric && column + TILE_COLUMNS <= row) continue;
          multiplyTile(comparisons, row, column, sums);
          collectTile(comparisons, row, column, sums, collector);
        }
      }
    }
  }
  return collector.result();
}

/** Eight dot products at once: each number is read once and used several times. */
function multiplyTile(
  { probes, references }: Comparisons,
  row: number,
  column: number,
  sums: Float64Array,
): void {
  const { dimensions, vectors: left } = probes;
  const right = references.vectors;
  const [lastRow, lastColumn] = [probes.persons.length - 1, references.persons.length - 1];
  // Beyond the last row the last one is multiplied again; `collectTile` leaves the result out.
  const a = row * dimensions;
  const b = Math.min(row + 1, lastRow) * dimensions;
  const w = column * dimensions;
  const x = Math.min(column + 1, lastColumn) * dimensions;
  const y = Math.min(column + 2, lastColumn) * dimensions;
  const z = Math.min(column + 3, lastColumn) * dimensions;
  let [aw, ax, ay, az, bw, bx, by, bz] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let index = 0; index < dimensions; index += 1) {
    const ofA = left[a + index] as number;
    const ofB = left[b + index] as number;
    const ofW = right[w + index] as number;
    const ofX = right[x + index] as number;
    const ofY = right[y + index] as number;
    const ofZ = right[z + index] as number;
    aw += ofA * ofW;
    ax += ofA * ofX;
    ay += ofA * ofY;
    az += ofA * ofZ;
    bw += ofB * ofW;
    bx += ofB * ofX;
    by += ofB * ofY;
    bz += ofB * ofZ;
  }
  sums.set([aw, ax, ay, az, bw, bx, by, bz]);
}

function collectTile(
  { probes, references, symmetric }: Comparisons,
  row: number,
  column: number,
  sums: Float64Array,
  collector: ImpostorCollector,
): void {
  const [rows, columns] = [probes.persons.length, references.persons.length];
  for (let tile = 0; tile < TILE_ROWS * TILE_COLUMNS; tile += 1) {
    const probe = row + Math.floor(tile / TILE_COLUMNS);
    const reference = column + (tile % TILE_COLUMNS);
    if (probe >= rows || reference >= columns) continue;
    if (symmetric && reference <= probe) continue;
    if (probes.persons[probe] === references.persons[reference]) continue;
    const weight = (probes.shares[probe] ?? 0) * (references.shares[reference] ?? 0);
    collector.add(sums[tile] ?? 0, probe, reference, weight);
  }
}
