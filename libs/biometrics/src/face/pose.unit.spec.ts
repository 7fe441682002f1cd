import { describe, expect, it } from '@jest/globals';
import { readHeadPose } from './pose.js';

/** All weight on the bins whose mean is the angle. */
function certain(...bins: number[]): Float32Array {
  return Float32Array.from({ length: 66 }, (_, bin) => (bins.includes(bin) ? 50 : 0));
}

describe('readHeadPose', () => {
  it('is the expectation over bins of three degrees, with pitch relative to a level gaze', () => {
    const pose = readHeadPose(certain(33), certain(33), certain(40, 41));
    expect(pose).toEqual({
      yaw: expect.closeTo(0, 3),
      pitch: expect.closeTo(6, 3),
      roll: expect.closeTo(22.5, 3),
    });
  });
});
