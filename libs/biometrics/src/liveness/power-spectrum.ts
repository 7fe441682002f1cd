import { meanLevel } from '../face/planes.js';

/** How much of each frequency a square window of grey levels holds; computed in place of a library, since a small
 *  fixed size is all that is needed. */
export class PowerSpectrum {
  /** Frequencies right of zero; those to the left mirror them. */
  readonly columns: number;
  readonly #taper: Float64Array;
  readonly #reversed: Uint16Array;
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  readonly #real: Float64Array;
  readonly #imaginary: Float64Array;
  readonly #lineReal: Float64Array;
  readonly #lineImaginary: Float64Array;

  /** @param side of the window, a power of two */
  constructor(readonly side: number) {
    this.columns = side / 2 + 1;
    // Hann: without a taper, the jump from one end of the window to the other would be the strongest edge.
    this.#taper = Float64Array.from(
      { length: side },
      (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / side),
    );
    this.#reversed = reversedBits(side);
    this.#cosines = Float64Array.from({ length: side / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / side));
    this.#sines = Float64Array.from({ length: side / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / side));
    this.#real = new Float64Array(side * this.columns);
    this.#imaginary = new Float64Array(side * this.columns);
    this.#lineReal = new Float64Array(side);
    this.#lineImaginary = new Float64Array(side);
  }

  /** @param levels row by row
   *  @returns power by row of vertical frequency (0, 1, … side / 2, … −1) and column of horizontal frequency */
  of(levels: Float64Array): Float64Array {
    const { side, columns } = this;
    const mean = meanLevel(levels);
    for (let row = 0; row < side; row += 1) this.#transformRow(levels, row, mean);
    const power = new Float64Array(side * columns);
    for (let column = 0; column < columns; column += 1) this.#transformColumn(column, power);
    return power;
  }

  #transformRow(levels: Float64Array, row: number, mean: number): void {
    const { side, columns } = this;
    const weight = this.#taper[row] as number;
    for (let i = 0; i < side; i += 1) {
      const source = this.#reversed[i] as number;
      const level = levels[row * side + source] as number;
      this.#lineReal[i] = (level - mean) * weight * (this.#taper[source] as number);
    }
    this.#lineImaginary.fill(0);
    this.#butterflies();
    for (let i = 0, target = row * columns; i < columns; i += 1, target += 1) {
      this.#real[target] = this.#lineReal[i] as number;
      this.#imaginary[target] = this.#lineImaginary[i] as number;
    }
  }

  #transformColumn(column: number, power: Float64Array): void {
    const { side, columns } = this;
    for (let i = 0; i < side; i += 1) {
      const source = (this.#reversed[i] as number) * columns + column;
      this.#lineReal[i] = this.#real[source] as number;
      this.#lineImaginary[i] = this.#imaginary[source] as number;
    }
    this.#butterflies();
    for (let i = 0; i < side; i += 1) {
      power[i * columns + column] =
        (this.#lineReal[i] as number) ** 2 + (this.#lineImaginary[i] as number) ** 2;
    }
  }

  /** Cooley and Tukey, on a line whose order is already bit-reversed. */
  #butterflies(): void {
    const real = this.#lineReal;
    const imaginary = this.#lineImaginary;
    for (let span = 1; span < this.side; span *= 2) {
      const turn = this.side / (2 * span);
      for (let start = 0; start < this.side; start += 2 * span) {
        for (let i = 0; i < span; i += 1) {
          const upper = start + i;
          const lower = upper + span;
          const cosine = this.#cosines[i * turn] as number;
          const sine = this.#sines[i * turn] as number;
          const turnedReal = (real[lower] as number) * cosine - (imaginary[lower] as number) * sine;
          const turnedImaginary = (real[lower] as number) * sine + (imaginary[lower] as number) * cosine;
          real[lower] = (real[upper] as number) - turnedReal;
          imaginary[lower] = (imaginary[upper] as number) - turnedImaginary;
          real[upper] = (real[upper] as number) + turnedReal;
          imaginary[upper] = (imaginary[upper] as number) + turnedImaginary;
        }
      }
    }
  }
}

function reversedBits(length: number): Uint16Array {
  const bits = Math.log2(length);
  return Uint16Array.from({ length }, (_, index) => {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit += 1) reversed |= ((index >> bit) & 1) << (bits - 1 - bit);
    return reversed;
  });
}
