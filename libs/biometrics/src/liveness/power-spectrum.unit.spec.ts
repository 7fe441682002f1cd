import { describe, expect, it } from '@jest/globals';
import { PowerSpectrum } from './power-spectrum.js';

const SIDE = 16;

function window(level: (x: number, y: number) => number): Float64Array {
  return Float64Array.from({ length: SIDE * SIDE }, (_, i) => level(i % SIDE, Math.floor(i / SIDE)));
}

/** The definition, term by term. */
function slowPower(levels: Float64Array, fx: number, fy: number): number {
  const taper = (i: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / SIDE);
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  let real = 0;
  let imaginary = 0;
  levels.forEach((level, index) => {
    const x = index % SIDE;
    const y = Math.floor(index / SIDE);
    const angle = (-2 * Math.PI * (fx * x + fy * y)) / SIDE;
    real += (level - mean) * taper(x) * taper(y) * Math.cos(angle);
    imaginary += (level - mean) * taper(x) * taper(y) * Math.sin(angle);
  });
  return real ** 2 + imaginary ** 2;
}

describe('PowerSpectrum', () => {
  it('is what the definition of the Fourier transform says', () => {
    const levels = window((x, y) => ((x * 7 + y * 13 + x * y * 5) % 31) + (x > 5 ? 40 : 0));
    const spectrum = new PowerSpectrum(SIDE);
    const power = spectrum.of(levels);
    for (let fy = 0; fy < SIDE; fy += 1) {
      for (let fx = 0; fx <= SIDE / 2; fx += 1) {
        expect(power[fy * spectrum.columns + fx]).toBeCloseTo(slowPower(levels, fx, fy), 4);
      }
    }
  });

  it('keeps nothing of an earlier window', () => {
    const spectrum = new PowerSpectrum(SIDE);
    spectrum.of(window((x, y) => x * y));
    expect(Math.max(...spectrum.of(window(() => 9)))).toBe(0);
  });
});
