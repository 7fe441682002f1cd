import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stance } from './acted-burst.js';
import { ofSheet, recorded, stance } from './acted-burst.js';
import { faceAspect, faceShift, nosePosition } from './face-points.js';

function pointsOf(record: typeof recorded, fields: Partial<Stance>) {
  const face = record([stance(fields)])[0]?.face;
  if (!face) throw new Error('the actor has a face');
  return face.points;
}

const seenHead = (fields: Partial<Stance> = {}) => nosePosition(pointsOf(recorded, fields));
const seenSheet = (fields: Partial<Stance> = {}) => nosePosition(pointsOf(ofSheet, fields));

describe('nosePosition', () => {
  it('lies between the eyes and half way down to the mouth when the head looks ahead', () => {
    const { x, y } = seenSheet();
    expect(x).toBeCloseTo(0);
    expect(y).toBeCloseTo(0.58 / 1.1);
  });

  it.each([
    ['the person’s left', { yaw: 20 }, 'x', 1],
    ['the person’s right', { yaw: -20 }, 'x', -1],
    ['the floor', { pitch: 20 }, 'y', 1],
    ['the ceiling', { pitch: -20 }, 'y', -1],
  ] as const)('goes along when a head turns towards %s', (_, fields, axis, sign) => {
    expect(sign * (seenHead(fields)[axis] - seenHead()[axis])).toBeGreaterThan(0.18);
  });

  it('stays when a sheet is shifted, rotated and scaled', () => {
    fc.assert(
      fc.property(
        fc.record({
          roll: fc.double({ min: -90, max: 90, noNaN: true }),
          x: fc.double({ min: -3, max: 3, noNaN: true }),
          y: fc.double({ min: -3, max: 3, noNaN: true }),
          distance: fc.double({ min: 3, max: 20, noNaN: true }),
        }),
        (fields) => {
          const { x, y } = seenSheet(fields);
          expect(x).toBeCloseTo(0, 6);
          expect(y).toBeCloseTo(0.58 / 1.1, 6);
        },
      ),
    );
  });

  it('hardly moves when a sheet is tilted by up to 45 degrees, however near', () => {
    const tilt = fc.double({ min: -45, max: 45, noNaN: true });
    fc.assert(
      fc.property(tilt, tilt, fc.double({ min: 4, max: 20, noNaN: true }), (yaw, pitch, distance) => {
        const { x, y } = seenSheet({ yaw, pitch, distance });
        expect(Math.abs(x)).toBeLessThan(0.12);
        expect(Math.abs(y - 0.58 / 1.1)).toBeLessThan(0.12);
      }),
    );
  });
});

describe('faceAspect', () => {
  it('shows that a sheet is tilted', () => {
    const straight = faceAspect(pointsOf(ofSheet, {}));
    expect(faceAspect(pointsOf(ofSheet, { yaw: 45 })) / straight).toBeGreaterThan(1.3);
    expect(faceAspect(pointsOf(ofSheet, { roll: 45, x: 2, distance: 9 })) / straight).toBeCloseTo(1);
  });
});

describe('faceShift', () => {
  it('counts in face lengths, whatever the size of the face', () => {
    // 1.1 eye distances from the eyes to the mouth.
    const from = pointsOf(ofSheet, { distance: 9 });
    expect(faceShift(from, pointsOf(ofSheet, { distance: 9, x: 2.2 }))).toBeCloseTo(2);
    expect(faceShift(from, from)).toBe(0);
  });
});
