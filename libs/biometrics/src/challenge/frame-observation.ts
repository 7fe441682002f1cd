import type { Box } from '../face/geometry.js';
import type { HeadPose } from '../face/pose.js';
import type { FacePoints } from './face-points.js';

/** Linear red, green and blue, 0 to 1: light adds up in these numbers, unlike in those of a picture file. */
export type LinearColour = readonly [red: number, green: number, blue: number];

/** What one frame shows. Lives in memory only, as long as its burst is judged. */
export interface FrameContent {
  readonly face: ObservedFace | undefined;
  /** A second face of comparable size is in the frame. */
  readonly several: boolean;
}

export interface FrameObservation extends FrameContent {
  /** Since the challenge appeared, by the clock of the person's device. */
  readonly atMs: number;
}

export interface ObservedFace {
  readonly pose: HeadPose;
  /** See `measureFacePoints`. */
  readonly points: FacePoints;
  /** Probability that the eye which looks more closed is open. */
  readonly eyesOpen: number;
  /** In shares of the frame's width and height. */
  readonly box: Box;
  /** Of length one. */
  readonly embedding: Float32Array;
  /** See `measurePatch`. */
  readonly alignedGrey: Float32Array;
  /** See `measureScene`. */
  readonly scene: Float32Array;
  /** See `measureSkin`. */
  readonly skinColour: LinearColour;
  readonly sharpness: number;
  /** Whether the quality gate would let this frame stand for the person. */
  readonly passesGate: boolean;
  readonly livenessScore: number;
}
