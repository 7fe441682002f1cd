import type { PurgedCapture } from '@absah/capture-store';
import { CapturePurgedByLivenessV1 } from '@absah/contracts';
import type { Transaction } from '@absah/messaging';

/** Purges are confirmed in batches that no single case caused: each event names its own. */
export function announcePurge(tx: Transaction, { caseId, captureId, purgedAt }: PurgedCapture): void {
  const payload = { caseId, captureId, purgedAt: purgedAt.toISOString() };
  tx.emit(CapturePurgedByLivenessV1, payload, { correlationId: caseId });
}
