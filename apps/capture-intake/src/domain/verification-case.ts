import { openedProgress, type CaseProgress } from './case-progress.js';
import { dueAt, type TimeLimits } from './deadlines.js';
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
  /** The registration session that the attempt belongs to, if the operator's app keeps them. */
  readonly sessionId?: string;
  readonly receivedAt: Date;
  /** When it is given up if nobody has decided it. */
  readonly decideBy: Date;
}

export interface VerificationCase {
  readonly admission: Admission;
  readonly progress: CaseProgress;
  /** When what it waits for is given up; undefined where it may stay for ever. */
  readonly dueAt?: Date;
  readonly stagesMs: StageTimes;
}

export function openCase(admission: Admission, limits: TimeLimits): VerificationCase {
  return standing({ admission, stagesMs: {} }, openedProgress, limits, admission.receivedAt);
}

/** Every change of its progress makes a case wait for something else, or for nothing: the deadline is set anew. */
export function moveTo(
  { admission, stagesMs }: VerificationCase,
  progress: CaseProgress,
  limits: TimeLimits,
  at: Date,
): VerificationCase {
  return standing({ admission, stagesMs }, progress, limits, at);
}

function standing(
  lasting: Pick<VerificationCase, 'admission' | 'stagesMs'>,
  progress: CaseProgress,
  limits: TimeLimits,
  at: Date,
): VerificationCase {
  const due = dueAt(progress, lasting.admission.decideBy, limits, at);
  return { ...lasting, progress, ...(due && { dueAt: due }) };
}
