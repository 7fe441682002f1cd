import type { ModelManifest } from '../models/manifest.js';
import type { FaceAnalysis } from '../pipeline/analyse-face.js';
import type { EmbeddedFace } from '../pipeline/embed-face.js';
import type { EngineRole } from '../pipeline/model-chain.js';
import type { FaceObservation } from '../pipeline/observe-face.js';
import type { BurstFrame } from '../pipeline/observe-frame.js';

export interface WorkerSetup {
  readonly modelsDir: string;
  readonly manifest: ModelManifest;
  readonly role: EngineRole;
}

/** What a worker does, and with what it answers. `bytes` change hands. */
export interface TaskResults {
  readonly analyse: FaceAnalysis;
  readonly observe: FaceObservation;
  readonly 'observe-frame': BurstFrame;
  readonly embed: EmbeddedFace;
}

export type TaskKind = keyof TaskResults;

export interface Task<Kind extends TaskKind = TaskKind> {
  readonly kind: Kind;
  readonly bytes: Uint8Array;
}

export type TaskResult = TaskResults[TaskKind];

/** A worker does one task at a time, so an answer needs no number. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'start-failed'; readonly message: string }
  | { readonly kind: 'done'; readonly result: TaskResult }
  | { readonly kind: 'failed'; readonly message: string };
