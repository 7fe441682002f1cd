import { PurgeRecord } from '@absah/capture-store';
import type { FaceMeasures } from '@absah/biometrics';
import type { FaceAnalysis } from '@absah/inference';
import type { Transaction } from '@absah/messaging';
import type { RetakeReason } from '../domain/judge-capture.js';

export abstract class FaceAnalyser {
  /** Takes the bytes over: they are gone from the caller afterwards. */
  abstract analyse(image: Uint8Array): Promise<FaceAnalysis>;
}

export interface Assessment {
  readonly captureId: string;
  readonly caseId: string;
  readonly outcome: 'live' | 'attack' | 'retake';
  readonly reasons: readonly RetakeReason[];
  /** Absent when the picture was too poor to be judged. */
  readonly livenessScore?: number;
  /** What the score was made of: numbers by name, nothing that a face could be drawn from. */
  readonly livenessCues?: Readonly<Record<string, number>>;
  /** Absent when no model saw the picture. */
  readonly modelChain?: string;
  /** Numbers of the quality gate, nothing that a face could be drawn from. */
  readonly measures?: FaceMeasures;
}

export abstract class Assessments extends PurgeRecord {
  /** Refused captures become due for purging in the same stroke. */
  abstract add(tx: Transaction, assessment: Assessment): Promise<void>;
}
