import { readFileSync } from 'node:fs';
import { z } from 'zod';

const tensor = z.strictObject({ name: z.string(), shape: z.array(z.int().positive()) });

const modelSchema = z.strictObject({
  file: z.string().regex(/^[\w.-]+$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  architecture: z.string(),
  input: tensor,
  outputs: z.array(tensor),
  preprocessing: z.string(),
});

const share = z.number().min(0).max(1);

const thresholdsSchema = z.strictObject({
  detection: share,
  overlap: share,
  liveness: share,
  calibration: z.strictObject({
    cosineAtOperatingPoint: z.number().min(-1).max(1),
    cosineAtEqualError: z.number().min(-1).max(1),
  }),
  quality: z.strictObject({
    minInterEyeDistance: z.number().positive(),
    maxHeadSize: z.number().positive(),
    minMarginOfFace: z.number(),
    minLuminanceMean: share,
    maxLuminanceMean: share,
    minSharpness: z.number().positive(),
    maxYaw: z.number().positive(),
    maxPitch: z.number().positive(),
    maxRoll: z.number().positive(),
    minEyesOpen: share,
  }),
});

const manifestSchema = z.strictObject({
  modelChain: z.string(),
  origin: z.string(),
  licence: z.string(),
  trainingData: z.string(),
  models: z.strictObject({
    detect: modelSchema,
    landmarks: modelSchema,
    pose: modelSchema,
    eye: modelSchema,
    liveness: modelSchema,
    embed: modelSchema,
  }),
  thresholds: thresholdsSchema,
  measured: z.array(z.strictObject({ figure: z.string(), value: z.string(), on: z.string() })),
});

export type ModelManifest = z.infer<typeof manifestSchema>;
export type ModelName = keyof ModelManifest['models'];

/** The models that ship with the product: what they are, where they come from, how they were measured and
 *  the thresholds that follow. Replacing a model means replacing this record with it (U6). */
export const modelManifest: ModelManifest = manifestSchema.parse(
  JSON.parse(readFileSync(new URL('manifest.json', import.meta.url), 'utf8')),
);
