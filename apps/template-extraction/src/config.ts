import { availableParallelism } from 'node:os';
import { faceEngineUrl } from '@absah/inference';
import { secretKey } from '@absah/service-kit';
import { z } from 'zod';

/** Half of the cores: liveness, which works as long per face, takes the other half. */
const DEFAULT_WORKERS = Math.max(1, Math.floor(availableParallelism() / 2));

export const templateExtractionConfig = z.object({
  /** Opens what is in the memory-only stream. */
  CAPTURE_KEY: secretKey(),
  /** Shared with privacy alone: its answers are sealed under it. */
  TRANSPORT_KEY: secretKey(),
  /** Persons whose keys are kept in memory. */
  KEY_CACHE_ENTRIES: z.coerce.number().int().min(1).max(1_000_000).default(10_000),
  /** How long they are kept; a key that privacy destroys works here that much longer. */
  KEY_CACHE_SECONDS: z.coerce.number().int().min(1).max(3600).default(60),
  MODELS_DIR: z.string().min(1),
  /** Another chain of models, in the files of MODELS_DIR (U6); the one that ships when unset. */
  MODEL_MANIFEST: z.string().min(1).optional(),
  /** Another maker's engine, served over HTTPS, or HTTP on a loopback address (U6); no model is loaded here then. */
  FACE_ENGINE_URL: faceEngineUrl.optional(),
  /** PEM file of whoever issued the engine's certificate; the authorities that Node knows when unset. */
  FACE_ENGINE_CA_FILE: z.string().min(1).optional(),
  FACE_ENGINE_TIMEOUT_MS: z.coerce.number().int().min(10).default(5_000),
  /** Faces embedded at the same time; each worker is a thread with its own model. */
  ENGINE_WORKERS: z.coerce.number().int().min(1).max(128).default(DEFAULT_WORKERS),
  /** Faces that waited longer since liveness passed them are not worked on: a retake. None live longer than 120 s. */
  EXTRACTION_LIMIT_MS: z.coerce.number().int().min(1_000).max(120_000).default(60_000),
  PURGE_SWEEP_INTERVAL_MS: z.coerce.number().int().min(10).default(3_000),
});

export type TemplateExtractionConfig = z.infer<typeof templateExtractionConfig>;

/** A few more than there are workers, so that the next face is fetched and opened while they compute. */
const FETCHED_AHEAD = 3;

export function facesInFlight(config: Pick<TemplateExtractionConfig, 'ENGINE_WORKERS'>): number {
  return config.ENGINE_WORKERS + FETCHED_AHEAD;
}
