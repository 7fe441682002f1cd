import type { CaseProgress } from './case-progress.js';

export interface TimeLimits {
  readonly processingMs: number;
  readonly assistanceMs: number;
}

/** When a case that enters its status at `at` becomes overdue there; undefined where it may stay for ever. */
export function dueAt(
  { status, reservationExpiresAt }: CaseProgress,
  decideBy: Date,
  limits: TimeLimits,
  at: Date,
): Date | undefined {
  switch (status) {
    case 'processing':
      return after(at, limits.processingMs);
    case 'parked':
      return decideBy;
    case 'approved':
      return reservationExpiresAt ?? at;
    case 'needs-assistance':
      return after(at, limits.assistanceMs);
    case 'activated':
    case 'rejected':
    case 'retake':
    case 'expired':
    case 'cancelled':
    case 'deactivated':
      return undefined;
  }
}

function after(at: Date, milliseconds: number): Date {
  return new Date(at.getTime() + milliseconds);
}
