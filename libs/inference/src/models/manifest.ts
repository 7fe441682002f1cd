import { readFileSync } from 'node:fs';
import { z } from 'zod';

const tensor = z.strictObject({ name: z.string(), shape: z.array(z.int().positive()) });

const pixels = z.discriminatedUnion('order', [
  z.strictObject({
    order: z.enum(['rgb', 'bgr']),
    mean: z.array(z.number()).length(3),
    deviation: z.array(z.number().positive()).length(3),
  }),
  z.strictObject({
    order: z.literal('grey'),
    mean: z.array(z.number()).length(1),
    deviation: z.array(z.number().positive()).length(1),
  }),
]);

const modelSchema = z.strictObject({
  file: z.string().regex(/^[\w.-]+$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  licence: z.string().min(1),
  origin: z.string().min(1),
  architecture: z.string(),
  input: tensor,
  outputs: z.array(tensor),
  preprocessing: z.strictObject({
    pixels,
    /** For people: which part of a picture the model sees. */
    crop: z.string(),
    /** How far that part reaches, in the measure that `crop` names. */
    extent: z.number().positive().default(1),
  }),
});

const share = z.number().min(0).max(1);

const thresholdsSchema = z.strictObject({
  detection: share,
  overlap: share,
  /** A face that the detector is so sure of stands upright. */
  upright: share,
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
    maxUnderExposure: share,
    maxOverExposure: share,
    minIlluminationUniformity: share,
    minSharpness: z.number().positive(),
    maxYaw: z.number().positive(),
    maxPitch: z.number().positive(),
    maxRoll: z.number().positive(),
    minEyesOpen: share,
    minEyesVisible: z.number(),
    minMouthVisible: z.number(),
    maxMouthOpening: z.number().positive(),
    maxBackgroundDetail: share,
  }),
});

const manifestSchema = z.strictObject({
  /** Templates carry this name, and only templates of one chain are compared. */
  modelChain: z.string(),
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
export type ModelDescription = ModelManifest['models']['detect'];
export type ModelName = keyof ModelManifest['models'];

/** The manifest is missing, is not JSON, or does not describe a chain of models. */
export class ModelManifestError extends Error {
  override readonly name = 'ModelManifestError';
}

/** @throws ModelManifestError that lists what is wrong, by its place in the file */
export function readModelManifest(path: string | URL): ModelManifest {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ModelManifestError(`model manifest ${String(path)} is not readable JSON`, { cause });
  }
  const parsed = manifestSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new ModelManifestError(`model manifest ${String(path)}: ${z.prettifyError(parsed.error)}`);
}

/** The models that ship with the product: what they are, where they come from, how they were measured and
 *  the thresholds that follow. An operator replaces a model by replacing this record with it (U6). */
export const modelManifest: ModelManifest = readModelManifest(new URL('manifest.json', import.meta.url));
