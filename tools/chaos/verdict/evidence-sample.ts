import {
  CaseDecidedV1,
  FaceExtractedV1,
  SimActivatedV1,
  VerificationSubmittedV1,
  type ServiceName,
} from '@absah/contracts';
import type { EmittedEvent, Evidence } from '../evidence/evidence.js';

const EMITTED: readonly EmittedEvent[] = [
  said('capture-intake', 'm1', VerificationSubmittedV1.subject, 'case-1'),
  said('template-extraction', 'm2', FaceExtractedV1.subject, 'case-1'),
  { ...said('capture-intake', 'm3', CaseDecidedV1.subject, 'case-1'), decision: 'approved' },
  said('capture-intake', 'm4', SimActivatedV1.subject, 'case-1'),
];

const CASES: Evidence['cases'] = [
  { id: 'case-1', requestId: 'r1', subjectRef: 's1', captureId: 'c1', status: 'activated', reasons: [] },
  {
    id: 'case-2',
    requestId: 'r2',
    subjectRef: 's2',
    captureId: 'c2',
    status: 'rejected',
    reasons: ['face-mismatch'],
  },
];

/** A small run in which all is as it must be: one SIM, one rejection, one refused request. */
export function goodEvidence(): Evidence {
  return {
    requests: [
      request('r1', {
        caseId: 'case-1',
        statuses: ['processing', 'approved', 'activated'],
        activation: 'told',
      }),
      request('r2', { caseId: 'case-2', statuses: ['rejected'], kind: 'mismatch', person: 2 }),
      request('r3', { answer: 'refused', kind: 'malformed', person: 3 }),
    ],
    cases: CASES,
    ledgerEntries: [
      { transferId: 't1', caseId: 'case-1', subjectRef: 's1', kind: 'pending' },
      { transferId: 't1', caseId: 'case-1', subjectRef: 's1', kind: 'posted' },
    ],
    slots: [{ caseId: 'case-1', subjectRef: 's1', state: 'posted' }],
    accesses: [
      { caseId: 'case-1', transactionId: 'x1' },
      { caseId: 'case-2', transactionId: 'x2' },
    ],
    verifications: [
      { transactionId: 'x1', isMatch: true },
      { transactionId: 'x2', isMatch: false },
    ],
    feedbackRecords: [{ caseId: 'case-1', status: 'accepted' }],
    registrations: ['r1'],
    foreignRegistrations: 0,
    emitted: EMITTED,
    taken: [
      { consumer: 'liveness-VerificationSubmittedV1', messageId: 'm1' },
      { consumer: 'ikd-gateway-FaceExtractedV1', messageId: 'm2' },
      { consumer: 'quota-ledger-SimActivatedV1', messageId: 'm4' },
      { consumer: 'data-balikan-SimActivatedV1', messageId: 'm4' },
    ],
    deadLetters: [],
    auditLog: EMITTED.map(({ id }) => id),
    auditLogVerifies: true,
    imagesHeld: [],
    purgesDue: [],
  };
}

export function request(
  id: string,
  told: Partial<Evidence['requests'][number]>,
): Evidence['requests'][number] {
  return {
    id,
    kind: 'activated',
    person: 1,
    atMs: 0,
    answer: 'accepted',
    statuses: [],
    activation: 'none',
    deactivation: 'none',
    ...told,
  };
}

function said(service: ServiceName, id: string, subject: string, caseId: string): EmittedEvent {
  return { service, id, subject, caseId, decision: undefined };
}
