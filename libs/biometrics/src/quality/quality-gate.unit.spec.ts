import { describe, expect, it } from '@jest/globals';
import type { FaceMeasures } from './face-measures.js';
import type { QualityThresholds } from './quality-gate.js';
import { assessQuality } from './quality-gate.js';
import { qualityAdvice } from './quality-reason.js';

const limits: QualityThresholds = {
  minInterEyeDistance: 30,
  maxHeadSize: 0.8,
  minMarginOfFace: 0,
  minLuminanceMean: 0.2,
  maxLuminanceMean: 0.8,
  minSharpness: 0.03,
  maxYaw: 25,
  maxPitch: 20,
  maxRoll: 30,
  minEyesOpen: 0.3,
};

// Each measure lies exactly on its limit, so one step further must tip the verdict.
const barelyGood: FaceMeasures = {
  singleFacePresent: true,
  interEyeDistance: 30,
  headSize: 0.8,
  marginOfFace: 0,
  luminanceMean: 0.2,
  sharpness: 0.03,
  headPose: { yaw: -25, pitch: 20, roll: -30 },
  eyesOpen: 0.3,
};

const level = { yaw: 0, pitch: 0, roll: 0 };

describe('assessQuality (V7)', () => {
  it('accepts a face whose measures all lie on their limits', () => {
    expect(assessQuality(barelyGood, limits)).toEqual({ kind: 'ok' });
    expect(assessQuality({ ...barelyGood, luminanceMean: 0.8 }, limits)).toEqual({ kind: 'ok' });
  });

  it.each<[string, Partial<FaceMeasures>]>([
    ['two-faces', { singleFacePresent: false }],
    ['out-of-frame', { marginOfFace: -0.01 }],
    ['too-far', { interEyeDistance: 29.9 }],
    ['too-near', { headSize: 0.81 }],
    ['too-dark', { luminanceMean: 0.19 }],
    ['too-bright', { luminanceMean: 0.81 }],
    ['blurred', { sharpness: 0.029 }],
    ['turned', { headPose: { ...level, yaw: -25.1 } }],
    ['turned', { headPose: { ...level, pitch: 20.1 } }],
    ['turned', { headPose: { ...level, roll: 30.1 } }],
    ['eyes-closed', { eyesOpen: 0.29 }],
  ])('asks for a retake with %s just beyond the limit', (reason, change) => {
    expect(assessQuality({ ...barelyGood, ...change }, limits)).toEqual({
      kind: 'retake',
      reasons: [reason],
    });
  });

  it.each<[string, Partial<FaceMeasures>]>([
    ['too-dark', { luminanceMean: 0.1 }],
    ['too-bright', { luminanceMean: 0.9 }],
    ['blurred', { sharpness: 0.01 }],
  ])('judges neither pose nor eyes in a picture that is %s', (reason, change) => {
    const unjudged = { ...barelyGood, ...change, eyesOpen: 0, headPose: { ...level, yaw: 60 } };
    expect(assessQuality(unjudged, limits)).toEqual({ kind: 'retake', reasons: [reason] });
  });

  it('names three reasons at most, causes before their consequences', () => {
    const poor = { ...barelyGood, eyesOpen: 0, sharpness: 0, luminanceMean: 0, interEyeDistance: 1 };
    expect(assessQuality(poor, limits)).toEqual({
      kind: 'retake',
      reasons: ['too-far', 'too-dark', 'blurred'],
    });
  });

  it('asks for a retake when a measure is not a number', () => {
    const broken = { ...barelyGood, sharpness: Number.NaN, headPose: { ...level, yaw: Number.NaN } };
    expect(assessQuality(broken, limits)).toEqual({ kind: 'retake', reasons: ['blurred', 'turned'] });
  });
});

describe('qualityAdvice (V7)', () => {
  it('tells in both languages what to do, and accuses nobody', () => {
    for (const { id, en } of Object.values(qualityAdvice)) {
      expect(id).toMatch(/^[A-Z].{15,120}\.$/);
      expect(en).toMatch(/^[A-Z].{15,120}\.$/);
      expect(`${id} ${en}`).not.toMatch(/attack|fraud|fake|palsu|serangan|curang/i);
    }
  });
});
