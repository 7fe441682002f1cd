import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fuseFrames } from './fuse-frames.js';

const score = fc.double({ min: 0, max: 1, noNaN: true });
const scores = fc.array(score, { minLength: 1, maxLength: 24 });

describe('fuseFrames (V5)', () => {
  it('is the score of a single frame', () => {
    expect(fuseFrames([0.7])).toBe(0.7);
  });

  it('forgives one spoilt frame in five', () => {
    expect(fuseFrames([0.99, 0.98, 0.1, 0.97, 0.96])).toBe(0.96);
  });

  it('is not swayed by half of the frames, however live they look', () => {
    expect(fuseFrames([0.99, 0.1, 0.99, 0.2, 0.99, 0.3, 0.99, 0.2])).toBeLessThan(0.5);
  });

  it('takes the worse of two', () => {
    expect(fuseFrames([0.99, 0.3])).toBe(0.3);
  });

  it('counts a frame without a score as an attack', () => {
    expect(fuseFrames([0.99, Number.NaN])).toBe(0);
  });

  it('is one of the scores, whatever their order, and rises with each', () => {
    fc.assert(
      fc.property(scores, fc.nat(), score, (frames, index, better) => {
        const fused = fuseFrames(frames);
        const at = index % frames.length;
        const raised = frames.map((old, i) => (i === at ? Math.max(old, better) : old));
        return (
          frames.includes(fused) && fuseFrames([...frames].reverse()) === fused && fuseFrames(raised) >= fused
        );
      }),
    );
  });

  it('refuses an empty burst', () => {
    expect(() => fuseFrames([])).toThrow(RangeError);
  });
});
