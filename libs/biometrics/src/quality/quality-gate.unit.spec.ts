import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FaceMeasures } from './face-measures.js';
import type { QualityThresholds } from './quality-demands.js';
import { qualityDemands } from './quality-demands.js';
import { assessQuality } from './quality-gate.js';
import { qualityAdvice } from './quality-reason.js';
import type { QualityReason } from './quality-reason.js';

const limits: QualityThresholds = {
  minInterEyeDistance: 30,
  maxHeadSize: 0.8,
  minMarginOfFace: 0,
  minLuminanceMean: 0.2,
  maxLuminanceMean: 0.8,
  maxUnderExposure: 0.5,
  maxOverExposure: 0.5,
  minIlluminationUniformity: 0.15,
  minSharpness: 0.03,
  maxYaw: 25,
  maxPitch: 20,
  maxRoll: 30,
  minEyesOpen: 0.3,
  minEyesVisible: -0.4,
  minMouthVisible: 0.1,
  maxMouthOpening: 0.45,
  maxBackgroundDetail: 0.2,
};

// Each measure lies exactly on its limit, so one step further must tip the verdict.
const barelyGood: FaceMeasures = {
  singleFacePresent: true,
  interEyeDistance: 30,
  headSize: 0.8,
  marginOfFace: 0,
  luminanceMean: 0.2,
  underExposure: 0.5,
  overExposure: 0.5,
  illuminationUniformity: 0.15,
  sharpness: 0.03,
  headPose: { yaw: -25, pitch: 20, roll: -30 },
  eyesOpen: 0.3,
  eyesVisible: -0.4,
  mouthVisible: 0.1,
  mouthOpening: 0.45,
  backgroundDetail: 0.2,
};

const level = { yaw: 0, pitch: 0, roll: 0 };

function retake(...reasons: QualityReason[]) {
  return { kind: 'retake', reasons };
}

describe('assessQuality (V7)', () => {
  it('accepts a face whose measures all lie on their limits', () => {
    expect(assessQuality(barelyGood, limits)).toEqual({ kind: 'ok' });
    expect(assessQuality({ ...barelyGood, luminanceMean: 0.8 }, limits)).toEqual({ kind: 'ok' });
  });

  it.each<[QualityReason, Partial<FaceMeasures>]>([
    ['two-faces', { singleFacePresent: false }],
    ['out-of-frame', { marginOfFace: -0.01 }],
    ['covered', { mouthVisible: 0.09 }],
    ['dark-glasses', { eyesVisible: -0.41 }],
    ['too-far', { interEyeDistance: 29.9 }],
    ['too-near', { headSize: 0.81 }],
    ['too-dark', { luminanceMean: 0.19 }],
    ['too-dark', { underExposure: 0.51 }],
    ['too-bright', { luminanceMean: 0.81 }],
    ['too-bright', { overExposure: 0.51 }],
    ['uneven-light', { illuminationUniformity: 0.14 }],
    ['blurred', { sharpness: 0.029 }],
    ['turned', { headPose: { ...level, yaw: -25.1 } }],
    ['turned', { headPose: { ...level, pitch: 20.1 } }],
    ['turned', { headPose: { ...level, roll: 30.1 } }],
    ['eyes-closed', { eyesOpen: 0.29 }],
    ['mouth-open', { mouthOpening: 0.46 }],
    ['busy-background', { backgroundDetail: 0.21 }],
  ])('asks for a retake with %s just beyond the limit', (reason, change) => {
    expect(assessQuality({ ...barelyGood, ...change }, limits)).toEqual(retake(reason));
  });

  it.each<[QualityReason, Partial<FaceMeasures>]>([
    ['too-dark', { luminanceMean: 0.1 }],
    ['too-bright', { luminanceMean: 0.9 }],
    ['blurred', { sharpness: 0.01 }],
  ])('judges neither pose nor eyes nor mouth in a picture that is %s', (reason, change) => {
    const unjudged = { eyesOpen: 0, eyesVisible: -2, mouthVisible: 0, mouthOpening: 1 };
    const measures = { ...barelyGood, ...unjudged, headPose: { ...level, yaw: 60 }, ...change };
    expect(assessQuality(measures, limits)).toEqual(retake(reason));
  });

  it('names the glasses and not the eyes behind them', () => {
    const measures = { ...barelyGood, eyesVisible: -1, eyesOpen: 0 };
    expect(assessQuality(measures, limits)).toEqual(retake('dark-glasses'));
  });

  it('names the mask, beside which every eye looks dark, and not what lies behind it', () => {
    const measures = { ...barelyGood, mouthVisible: 0, mouthOpening: 1, eyesVisible: -0.6 };
    expect(assessQuality(measures, limits)).toEqual(retake('covered'));
  });

  it('names the turned head and not the half of the face that lies in the shade for it', () => {
    const measures = { ...barelyGood, headPose: { ...level, yaw: 50 }, illuminationUniformity: 0 };
    expect(assessQuality(measures, limits)).toEqual(retake('turned'));
  });

  it('names three reasons at most, causes before their consequences', () => {
    const poor = { ...barelyGood, eyesOpen: 0, sharpness: 0, luminanceMean: 0, interEyeDistance: 1 };
    expect(assessQuality(poor, limits)).toEqual(retake('too-far', 'too-dark', 'blurred'));
  });

  it('names each reason once, however many measures lead to it', () => {
    const lying = { ...barelyGood, headPose: { yaw: 40, pitch: 40, roll: 40 } };
    expect(assessQuality(lying, limits)).toEqual(retake('turned'));
  });

  it('asks for a retake when a measure is not a number', () => {
    const broken = { ...barelyGood, sharpness: Number.NaN, headPose: { ...level, yaw: Number.NaN } };
    expect(assessQuality(broken, limits)).toEqual(retake('blurred'));
  });

  it('never refuses without a reason, and never accepts what one demand refuses', () => {
    const number = fc.double({ min: -100, max: 100 });
    const measures: fc.Arbitrary<FaceMeasures> = fc.record({
      singleFacePresent: fc.boolean(),
      interEyeDistance: number,
      headSize: number,
      marginOfFace: number,
      luminanceMean: fc.double({ min: 0, max: 1 }),
      underExposure: number,
      overExposure: number,
      illuminationUniformity: number,
      sharpness: number,
      headPose: fc.record({ yaw: number, pitch: number, roll: number }),
      eyesOpen: number,
      eyesVisible: number,
      mouthVisible: number,
      mouthOpening: number,
      backgroundDetail: number,
    });
    fc.assert(
      fc.property(measures, (measured) => {
        const verdict = assessQuality(measured, limits);
        const count = verdict.kind === 'ok' ? 0 : verdict.reasons.length;
        expect(count > 0).toBe(verdict.kind === 'retake');
        expect(count).toBeLessThanOrEqual(3);
        const fulfilled = qualityDemands.every(({ value, limit }) =>
          'max' in limit
            ? value(measured) <= limits[limit.max]
            : value(measured) >= (limit.min === 1 ? 1 : limits[limit.min]),
        );
        expect(verdict.kind === 'ok').toBe(fulfilled);
      }),
    );
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

  it('has a demand behind each reason but the one for which no face was there to measure', () => {
    const measured = new Set(qualityDemands.map(({ reason }) => reason));
    const unmeasured = Object.keys(qualityAdvice).filter((reason) => !measured.has(reason as QualityReason));
    expect(unmeasured).toEqual(['no-face']);
  });
});
