import { PurgeRecord } from '@absah/capture-store';
import type { BurstSuspicion, FaceMeasures } from '@absah/biometrics';
import type { BurstFrame, FaceAnalysis } from '@absah/inference';
import type { Transaction } from '@absah/messaging';
import type { RetakeReason } from '../domain/judge-capture.js';

/** Of the chain that analyses: its cosines mean nothing to another. */
export const MODEL_MANIFEST = Symbol('ModelManifest');

export abstract class FaceAnalyser {
  /** Takes the bytes over: they are gone from the caller afterwards. */
  abstract analyse(image: Uint8Array): Promise<FaceAnalysis>;
  /** Every frame, in its order. */
  abstract observeBurst(frames: readonly Uint8Array[]): Promise<readonly BurstFrame[]>;
  /** @param alignedFace as `analyse` returned it */
  abstract embeddingOf(alignedFace: Uint8Array): Promise<Float32Array>;
}

/** Frames of earlier sessions, by digests from which nothing can be made. */
export abstract class SeenFrames {
  /** True when every digest is this capture's own, now or before: of two captures one is first. */
  abstract claim(captureId: string, digests: readonly Uint8Array[]): Promise<boolean>;
  abstract forget(olderThanDays: number): Promise<number>;
}

export interface Assessment {
  readonly captureId: string;
  readonly caseId: string;
  readonly outcome: 'live' | 'attack' | 'retake';
  /** What the person was told; of an attack, what the burst showed. */
  readonly reasons: readonly (RetakeReason | BurstSuspicion)[];
  /** Absent when the picture was too poor to be judged. */
  readonly livenessScore?: number;
  /** What the score was made of: numbers by name, nothing that a face could be drawn from. */
  readonly livenessCues?: Readonly<Record<string, number>>;
  /** Absent when no model saw the picture. */
  readonly modelChain?: string;
  /** How many aligned faces went on: the picture's own and those of the burst. */
  readonly faces: number;
  /** Numbers of the quality gate, nothing that a face could be drawn from. */
  readonly measures?: FaceMeasures;
}

export abstract class Assessments extends PurgeRecord {
  /** Refused captures become due for purging in the same stroke. */
  abstract add(tx: Transaction, assessment: Assessment): Promise<void>;
}
