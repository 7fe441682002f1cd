import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LivenessCues } from './fuse-liveness.js';
import { fuseLiveness } from './fuse-liveness.js';

const OPERATING_POINT = 0.95;
const surelyLive: LivenessCues = { network: 20, border: 0, colour: 0, grid: 0 };
const against = ['border', 'colour', 'grid'] as const;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const anyCues = fc.record({
  network: fc.double({ min: -40, max: 40, noNaN: true }),
  border: share,
  colour: share,
  grid: share,
});

describe('fuseLiveness (V4)', () => {
  it('is the probability that the network gives when nothing else speaks', () => {
    expect(fuseLiveness({ ...surelyLive, network: Math.log(19) })).toBeCloseTo(0.95);
    expect(fuseLiveness({ ...surelyLive, network: 0 })).toBeCloseTo(0.5);
  });

  it.each(against)('lets a sure network overrule %s alone', (cue) => {
    expect(fuseLiveness({ ...surelyLive, [cue]: 1 })).toBeGreaterThan(OPERATING_POINT);
  });

  it.each([
    ['border', 'colour'],
    ['border', 'grid'],
    ['colour', 'grid'],
  ])('believes %s and %s together against any network', (first, second) => {
    expect(fuseLiveness({ ...surelyLive, [first]: 1, [second]: 1 })).toBeLessThan(OPERATING_POINT);
  });

  it('never calls a face live that the network takes for an attack', () => {
    fc.assert(fc.property(anyCues, (cues) => cues.network > 0 || fuseLiveness(cues) <= 0.5));
  });

  it('stays between 0 and 1, rises with the network and falls with every cue against', () => {
    fc.assert(
      fc.property(anyCues, anyCues, (one, other) => {
        const doubtful = {
          network: Math.min(one.network, other.network),
          border: Math.max(one.border, other.border),
          colour: Math.max(one.colour, other.colour),
          grid: Math.max(one.grid, other.grid),
        };
        const score = fuseLiveness(one);
        return score >= 0 && score <= 1 && fuseLiveness(doubtful) <= score;
      }),
    );
  });

  it('has no score when the network had none', () => {
    expect(fuseLiveness({ ...surelyLive, network: Number.NaN })).toBeNaN();
  });
});
