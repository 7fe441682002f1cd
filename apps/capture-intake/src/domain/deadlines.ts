import { isRecognised, type CaseProgress } from './case-progress.js';

/** What an open case waits for. None is awaited twice, so the limits of all of them bound its life. */
export type Outstanding = 'recognition' | 'slot' | 'registry' | 'activation' | 'assistance';

/** Those that the intake sets itself; the others are given with the case and with its reservation. */
export interface TimeLimits {
  readonly recognitionMs: number;
  readonly slotMs: number;
  readonly assistanceMs: number;
}

/** Undefined where a case may stay for ever. */
export function outstandingOf(progress: CaseProgress): Outstanding | undefined {
  switch (progress.status) {
    case 'processing':
      return isRecognised(progress) ? 'slot' : 'recognition';
    case 'parked':
      return 'registry';
    case 'approved':
      return 'activation';
    case 'needs-assistance':
      return 'assistance';
    case 'activated':
    case 'rejected':
    case 'retake':
    case 'expired':
    case 'cancelled':
    case 'deactivated':
      return undefined;
  }
}

/** When a case that begins to wait at `at` becomes overdue. */
export function dueAt(
  progress: CaseProgress,
  decideBy: Date,
  limits: TimeLimits,
  at: Date,
): Date | undefined {
  switch (outstandingOf(progress)) {
    case 'recognition':
      return after(at, limits.recognitionMs);
    case 'slot':
      return after(at, limits.slotMs);
    case 'registry':
      return decideBy;
    case 'activation':
      return progress.reservationExpiresAt ?? at;
    case 'assistance':
      return after(at, limits.assistanceMs);
    case undefined:
      return undefined;
  }
}

function after(at: Date, milliseconds: number): Date {
  return new Date(at.getTime() + milliseconds);
}
