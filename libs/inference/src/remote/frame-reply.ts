import type { ObservedFace } from '@absah/biometrics';
import { PATCH_CELLS, SCENE_VALUES, meanDirection } from '@absah/biometrics';
import { z } from 'zod';
import type { BurstFrame } from '../pipeline/observe-frame.js';
import { analysed, base64, reason, share, unreadable } from './reply-parts.js';

const degrees = z.number().min(-180).max(180);
const point = z.strictObject({ x: z.number(), y: z.number() });

function shares(count: number): z.ZodType<Float32Array> {
  return z
    .array(share)
    .length(count)
    .transform((values) => Float32Array.from(values));
}

const observedFace: z.ZodType<ObservedFace> = z.strictObject({
  pose: z.strictObject({ yaw: degrees, pitch: degrees, roll: degrees }),
  points: z.strictObject({ leftEye: point, rightEye: point, mouth: point, noseTip: point }),
  eyesOpen: share,
  box: z.strictObject({
    left: z.number(),
    top: z.number(),
    width: z.number().positive(),
    height: z.number().positive(),
  }),
  // Of whatever length it comes, one is what cosines take for granted.
  embedding: z
    .array(z.number())
    .min(1)
    .max(4096)
    .transform((values) => meanDirection([Float32Array.from(values)])),
  alignedGrey: shares(PATCH_CELLS),
  scene: shares(SCENE_VALUES),
  skinColour: z.tuple([share, share, share]),
  sharpness: z.number().nonnegative(),
  passesGate: z.boolean(),
  livenessScore: share,
});

/** What may come back for a frame of a burst. */
export const frameReply: z.ZodType<BurstFrame> = z.discriminatedUnion('kind', [
  unreadable,
  z.strictObject({ kind: z.literal('no-face'), ...analysed }),
  z.strictObject({
    kind: z.literal('face'),
    content: z.strictObject({ face: observedFace, several: z.boolean() }),
    alignedCrop: base64,
    reasons: z.array(reason).max(3),
    ...analysed,
  }),
]);
