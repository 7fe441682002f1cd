import { availableParallelism } from 'node:os';
import { faceEngineUrl, modelManifest } from '@absah/inference';
import { secretKey } from '@absah/service-kit';
import { z } from 'zod';

/** Half of the cores: template-extraction, which works as long per picture, takes the other half. */
const DEFAULT_WORKERS = Math.max(1, Math.floor(availableParallelism() / 2));

export const livenessConfig = z.object({
  /** Opens and seals what is in the memory-only stream. */
  CAPTURE_KEY: secretKey(),
  /** Makes the digests by which a frame is known again. With a new key earlier frames are unknown. */
  REPLAY_KEY: secretKey(),
  MODELS_DIR: z.string().min(1),
  /** Another chain of models, in the files of MODELS_DIR (U6); the one that ships when unset. */
  MODEL_MANIFEST: z.string().min(1).optional(),
  /** Another maker's engine, served over HTTPS, or HTTP on a loopback address (U6); no model is loaded here then. */
  FACE_ENGINE_URL: faceEngineUrl.optional(),
  /** PEM file of whoever issued the engine's certificate; the authorities that Node knows when unset. */
  FACE_ENGINE_CA_FILE: z.string().min(1).optional(),
  FACE_ENGINE_TIMEOUT_MS: z.coerce.number().int().min(10).default(5_000),
  /** Pictures analysed at the same time; each worker is a thread with its own models. */
  ENGINE_WORKERS: z.coerce.number().int().min(1).max(128).default(DEFAULT_WORKERS),
  /** A picture that waited longer since it was submitted is not looked at: a retake. None lives longer than 120 s. */
  ASSESSMENT_LIMIT_MS: z.coerce.number().int().min(1_000).max(120_000).default(90_000),
  /** A lower score is called an attack (V4). */
  LIVENESS_THRESHOLD: z.coerce.number().min(0).max(1).default(modelManifest.thresholds.liveness),
  /** Without an answered challenge a case ends as a retake. */
  REQUIRE_ACTIVE_LIVENESS: z.stringbool().default(false),
  /** How long frames are known again; their keyed digests take about 2 KB per burst. */
  REPLAY_MEMORY_DAYS: z.coerce.number().int().min(1).max(3650).default(30),
  PURGE_SWEEP_INTERVAL_MS: z.coerce.number().int().min(10).default(3_000),
});

export type LivenessConfig = z.infer<typeof livenessConfig>;

/** A few more than there are workers, so that the next picture is fetched and opened while they compute. */
const FETCHED_AHEAD = 3;

export function picturesInFlight(config: Pick<LivenessConfig, 'ENGINE_WORKERS'>): number {
  return config.ENGINE_WORKERS + FETCHED_AHEAD;
}
