import { describe, expect, it } from '@jest/globals';
import { assertFastBackend, type TensorFlow } from './wasm-backend.js';

function tensorFlow(backend: string, simd: boolean): TensorFlow {
  return { getBackend: () => backend, env: () => ({ getAsync: async () => simd }) } as unknown as TensorFlow;
}

describe('assertFastBackend', () => {
  it('takes WebAssembly with SIMD', async () => {
    await expect(assertFastBackend(tensorFlow('wasm', true))).resolves.toContain('SIMD');
  });

  it.each([
    ['plain JavaScript', 'cpu', true],
    ['WebAssembly without SIMD', 'wasm', false],
  ])('refuses %s, to which the peers fall back in silence', async (_, backend, simd) => {
    await expect(assertFastBackend(tensorFlow(backend, simd))).rejects.toThrow(`backend ${backend}`);
  });
});
