import { describe, expect, it } from '@jest/globals';
import { ModelChainMismatchError, compareTemplates } from './compare-templates.js';
import { encodeTemplate } from './template.js';

const calibration = { cosineAtOperatingPoint: 0.5, cosineAtEqualError: 0.25 };

function template(angle: number, modelChain = 'chain.1'): Uint8Array {
  return encodeTemplate({ modelChain, embedding: Float32Array.of(Math.cos(angle), Math.sin(angle)) });
}

describe('compareTemplates (V6)', () => {
  it('answers the cosine of the angle between them and its score', () => {
    const comparison = compareTemplates(template(0), template(Math.PI / 3), calibration);
    expect(comparison).toEqual({ cosine: expect.closeTo(0.5, 6), score: expect.closeTo(0.95, 6) });
  });

  it('refuses templates of two model chains, whose cosine would mean nothing', () => {
    const foreign = template(0, 'chain.2');
    expect(() => compareTemplates(template(0), foreign, calibration)).toThrow(ModelChainMismatchError);
  });
});
