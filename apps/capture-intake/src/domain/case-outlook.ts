import type { CaseStatus } from './case-progress.js';

/** Whether a SIM of the case is active, never will be, or may still be. The first two are final. */
export type CaseOutlook = 'activated' | 'over' | 'open';

/** `over` gives the case's slot to somebody else, so it is said only where no activation is accepted any more, and never by the clock. */
export function outlookOf(status: CaseStatus): CaseOutlook {
  switch (status) {
    case 'activated':
    // What becomes of its slot is told by the deregistration.
    case 'deactivated':
      return 'activated';
    case 'rejected':
    case 'retake':
    case 'cancelled':
    case 'needs-assistance':
    case 'expired':
      return 'over';
    case 'processing':
    case 'parked':
    case 'approved':
      return 'open';
  }
}
