import { describe, expect, it } from '@jest/globals';
import { averageTemplates } from './average-templates.js';
import { ModelChainMismatchError } from './compare-templates.js';
import { normalise } from './embedding.js';
import { decodeTemplate, encodeTemplate } from './template.js';

const chain = 'detector-1.embedder-1';

function template(values: readonly number[], modelChain = chain): Uint8Array {
  return encodeTemplate({ modelChain, embedding: normalise(Float32Array.from(values)) });
}

describe('averageTemplates', () => {
  it('points between the captures, whatever their order, in the layout of any template', () => {
    const [a, b, c] = [template([1, 0, 0]), template([0, 1, 0]), template([0, 0, 1])];
    const average = averageTemplates([a, b, c]);
    const third = Math.fround(1 / Math.sqrt(3));
    expect(decodeTemplate(average)).toEqual({
      modelChain: chain,
      embedding: Float32Array.of(third, third, third),
    });
    expect(average).toHaveLength(a.length);
    expect(averageTemplates([c, a, b])).toEqual(average);
  });

  it('leaves a single capture as it is', () => {
    const only = template([0.3, 0.4, 0.5]);
    expect(averageTemplates([only])).toEqual(only);
    expect(averageTemplates([only])).not.toBe(only);
  });

  it('mixes no spaces, and makes nothing of nothing', () => {
    const foreign = template([1, 0, 0], 'another-chain');
    expect(() => averageTemplates([template([1, 0, 0]), foreign])).toThrow(ModelChainMismatchError);
    expect(() => averageTemplates([])).toThrow(RangeError);
  });
});
