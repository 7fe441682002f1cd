import { describe, expect, it } from '@jest/globals';
import { decideLiveness } from './decide-liveness.js';

describe('decideLiveness', () => {
  it('accepts at the threshold and suspects an attack below (V4)', () => {
    expect(decideLiveness(0.95, 0.95)).toBe('live');
    expect(decideLiveness(0.9499, 0.95)).toBe('attack');
  });

  it('suspects an attack when there is no score', () => {
    expect(decideLiveness(Number.NaN, 0.95)).toBe('attack');
  });
});
