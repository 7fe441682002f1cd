import type { FrameObservation } from '@absah/biometrics';
import { describe, expect, it } from '@jest/globals';
import { judgeBurst, type SessionLimits } from './judge-burst.js';

const limits: SessionLimits = {
  deadlineMs: 60_000,
  minLivenessScore: 0.95,
  minSamePersonCosine: 0.3,
  minSessionCosine: 0.5,
};
const picture = Float32Array.of(1, 0);
const nowhere = { x: 0, y: 0 };
const stranger = Float32Array.of(0, 1);

type Face = NonNullable<FrameObservation['face']>;

function frame(fields: Partial<Face> = {}): FrameObservation {
  const face: Face = {
    pose: { yaw: 0, pitch: 0, roll: 0 },
    points: { leftEye: nowhere, rightEye: nowhere, mouth: nowhere, noseTip: nowhere },
    eyesOpen: 1,
    box: { left: 0.3, top: 0.3, width: 0.3, height: 0.4 },
    embedding: picture,
    alignedGrey: new Float32Array(),
    scene: new Float32Array(),
    skinColour: [0.4, 0.3, 0.2],
    sharpness: 1,
    passesGate: true,
    livenessScore: 0.99,
    ...fields,
  };
  return { atMs: 0, several: false, face };
}

describe('judgeBurst, of frames that answer no challenge', () => {
  it('chooses the two best', () => {
    const frames = [frame({ sharpness: 1 }), frame({ sharpness: 3 }), frame({ sharpness: 2 })];
    expect(judgeBurst(picture, frames, undefined, limits)).toEqual({ kind: 'live', companions: [1, 2] });
  });

  it.each([
    ['shows somebody else', frame({ embedding: stranger })],
    ['the gate would refuse', frame({ passesGate: false })],
    ['looks like an attack', frame({ livenessScore: 0.9 })],
    ['shows nobody', { atMs: 0, several: false, face: undefined }],
    ['shows two', { ...frame(), several: true }],
  ])('leaves out a frame that %s, and accuses nobody', (_, bad) => {
    expect(judgeBurst(picture, [bad, frame()], undefined, limits)).toEqual({ kind: 'live', companions: [1] });
    expect(judgeBurst(picture, [bad], undefined, limits)).toEqual({ kind: 'live', companions: [] });
  });
});
