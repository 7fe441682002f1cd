import { openedProgress, type CaseProgress } from './case-progress.js';
import type { StageTimes } from './stages.js';

export interface Consent {
  readonly purpose: 'sim-registration';
  readonly version: string;
  /** ISO 8601 instant, as the operator sent it. */
  readonly givenAt: string;
}

/** What was true when the request was admitted; it never changes. The sealed values open only elsewhere. */
export interface Admission {
  readonly caseId: string;
  readonly captureId: string;
  readonly operatorId: string;
  readonly subjectRef: string;
  readonly sealedNik: string;
  readonly sealedMsisdn: string;
  readonly consent: Consent;
  readonly receivedAt: Date;
}

export interface VerificationCase {
  readonly admission: Admission;
  readonly progress: CaseProgress;
  readonly stagesMs: StageTimes;
}

export function openCase(admission: Admission): VerificationCase {
  return { admission, progress: openedProgress, stagesMs: {} };
}
