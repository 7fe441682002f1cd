import type { FaceAnalysis } from '../pipeline/analyse-face.js';
import type { EmbeddedFace } from '../pipeline/embed-face.js';

/** Which models a process needs. None loads a model that it may not use. */
export type EngineRole = 'analysis' | 'embedding' | 'full';

export interface WorkerSetup {
  readonly modelsDir: string;
  readonly role: EngineRole;
}

export type Task =
  | { readonly kind: 'analyse'; readonly image: Uint8Array }
  | { readonly kind: 'embed'; readonly alignedCrop: Uint8Array };

export type TaskResult = FaceAnalysis | EmbeddedFace;

/** A worker does one task at a time, so an answer needs no number. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'start-failed'; readonly message: string }
  | { readonly kind: 'done'; readonly result: TaskResult }
  | { readonly kind: 'failed'; readonly message: string };
