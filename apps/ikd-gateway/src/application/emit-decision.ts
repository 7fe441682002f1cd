import { IdentityMatchedV1, IdentityMismatchedV1, IdentityRefusedV1 } from '@absah/contracts';
import type { Transaction } from '@absah/messaging';
import type { Finding } from '../domain/judge-answer.js';
import type { IdentityCase } from './ports.js';

export type Decision = Exclude<Finding, { readonly kind: 'parked' }>;

export function emitDecision(
  tx: Transaction,
  { caseId, subjectRef, operatorId, document }: IdentityCase,
  transactionId: string,
  decision: Decision,
): void {
  // A resumed case has no delivery to inherit from, so its correlation is said here.
  const options = { correlationId: caseId };
  const about = { caseId, subjectRef, transactionId };
  switch (decision.kind) {
    case 'matched':
      return tx.emit(
        IdentityMatchedV1,
        { ...about, operatorId, document, matchScore: decision.matchScore },
        options,
      );
    case 'mismatched':
      return tx.emit(IdentityMismatchedV1, { ...about, matchScore: decision.matchScore }, options);
    case 'refused': {
      const { registryCode, reason } = decision;
      return tx.emit(IdentityRefusedV1, { ...about, registryCode, reason }, options);
    }
  }
}
