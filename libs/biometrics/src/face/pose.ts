import { softmax } from '../softmax.js';

/** Degrees; yaw and pitch are zero when the face looks into the camera, roll when it is upright. */
export interface HeadPose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

const DEGREES_PER_BIN = 3;
const FIRST_BIN = -99;

// What the model answers, in the median, for press portraits that look into the camera.
const PITCH_AT_REST = -6;

/** Each output is a distribution over bins of three degrees; the angle is its expectation. */
export function readHeadPose(yaw: Float32Array, pitch: Float32Array, roll: Float32Array): HeadPose {
  return { yaw: expectedAngle(yaw), pitch: expectedAngle(pitch) - PITCH_AT_REST, roll: expectedAngle(roll) };
}

function expectedAngle(logits: Float32Array): number {
  return softmax(logits).reduce((sum, share, bin) => sum + share * bin * DEGREES_PER_BIN, FIRST_BIN);
}
