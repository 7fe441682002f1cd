import { describe, expect, it } from '@jest/globals';
import { recorded, stance } from './acted-burst.js';
import { selectBestFrames } from './best-frames.js';
import type { FrameObservation, ObservedFace } from './frame-observation.js';

function frames(...faces: (Partial<ObservedFace> & { several?: boolean })[]): FrameObservation[] {
  return faces.flatMap(({ several = false, ...fields }) =>
    recorded([stance()], fields).map((frame) => ({ ...frame, several })),
  );
}

describe('selectBestFrames', () => {
  it('takes three at most, the sharpest first', () => {
    expect(selectBestFrames(frames(...[0.1, 0.4, 0.2, 0.3].map((sharpness) => ({ sharpness }))))).toEqual([
      1, 3, 2,
    ]);
  });

  it('prefers a face that looks into the camera to one as sharp that does not', () => {
    const turned = { pose: { yaw: 20, pitch: 0, roll: 0 } };
    const nodding = { pose: { yaw: 0, pitch: 12, roll: 0 } };
    expect(selectBestFrames(frames(turned, nodding, {}))).toEqual([2, 1, 0]);
  });

  it('takes no frame that the gate refuses, nor one with a second face', () => {
    expect(selectBestFrames(frames({ passesGate: false }, { several: true }))).toEqual([]);
    expect(selectBestFrames([{ atMs: 0, face: undefined, several: false }])).toEqual([]);
  });
});
