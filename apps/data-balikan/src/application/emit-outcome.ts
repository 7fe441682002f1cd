import { RecordAcceptedV1, RecordRejectedV1 } from '@absah/contracts';
import type { Transaction } from '@absah/messaging';
import type { SettledRecord } from './ports.js';

export function emitOutcome(tx: Transaction, { record, outcome }: SettledRecord): void {
  const { caseId, subjectRef, recordId } = record;
  const about = { caseId, subjectRef, recordId };
  // A sender has no delivery to inherit from, so the correlation is said here.
  const options = { correlationId: caseId };
  if (outcome.kind === 'accepted') tx.emit(RecordAcceptedV1, { ...about, answer: outcome.answer }, options);
  else tx.emit(RecordRejectedV1, { ...about, cause: outcome.cause }, options);
}
