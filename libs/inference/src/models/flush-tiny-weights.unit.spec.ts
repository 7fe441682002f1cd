import { describe, expect, it } from '@jest/globals';
import { flushTinyWeights } from './flush-tiny-weights.js';

const FLOAT = 1;
const INT64 = 7;

function message(field: number, content: readonly number[]): number[] {
  const length =
    content.length < 128 ? [content.length] : [(content.length & 0x7f) | 0x80, content.length >> 7];
  return [field * 8 + 2, ...length, ...content];
}

function modelWith(type: number, weights: readonly number[]): Uint8Array {
  const raw = [...new Uint8Array(Float32Array.from(weights).buffer)];
  const tensor = [...message(1, [4, 2]), 2 * 8, type, ...message(8, [0x77]), ...message(9, raw)];
  const fixed64 = [3 * 8 + 1, 1, 2, 3, 4, 5, 6, 7, 8];
  return Uint8Array.from([
    1 * 8,
    0x88,
    0x01,
    ...fixed64,
    ...message(7, [...message(1, [9]), ...message(5, tensor)]),
  ]);
}

const before = [0.5, -1e-14, 1e-16, -3e-39, 1.4e-45, 0, -2, ...Array<number>(30).fill(1e-30)];
const after = [0.5, -1e-14, 0, 0, 0, 0, -2, ...Array<number>(30).fill(0)];

describe('flushTinyWeights', () => {
  it('sets weights below 1e-15 to zero and keeps all others', () => {
    const model = modelWith(FLOAT, before);
    flushTinyWeights(model);
    expect(model).toEqual(modelWith(FLOAT, after));
  });

  it('leaves tensors of other types alone, whose bytes mean something else', () => {
    const model = modelWith(INT64, before);
    flushTinyWeights(model);
    expect(model).toEqual(modelWith(INT64, before));
  });

  it('refuses a file that ends within a number', () => {
    expect(() => flushTinyWeights(Uint8Array.of(7 * 8 + 2, 0x80))).toThrow('cut off');
  });
});
