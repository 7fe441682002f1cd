import {
  CapturePassedV1,
  CaseDecidedV1,
  CONSUMES,
  FaceExtractedV1,
  IdentityMatchedV1,
  RecordAcceptedV1,
  SERVICE_NAMES,
  SimActivatedV1,
  SimDeactivatedV1,
  SlotPostedV1,
  VerificationSubmittedV1,
} from '@absah/contracts';
import type { EmittedEvent, Evidence } from '../evidence/evidence.js';
import { findingOf, missing, repeated, type Finding } from './finding.js';

type Needs = Pick<Evidence, 'emitted' | 'taken' | 'deadLetters' | 'auditLog' | 'auditLogVerifies'>;

const ONCE_PER_CASE: ReadonlySet<string> = new Set(
  [
    VerificationSubmittedV1,
    CapturePassedV1,
    FaceExtractedV1,
    IdentityMatchedV1,
    SlotPostedV1,
    SimActivatedV1,
    SimDeactivatedV1,
    RecordAcceptedV1,
  ].map(({ subject }) => subject),
);

/** What becomes of an event that the broker loses when nobody publishes it again. */
export const NEVER_TAKEN = 'events that a consumer never took';

/** Whatever a service said, everybody took who hears it, or buried it. */
export function compareDeliveries({ emitted, taken, deadLetters }: Needs): readonly Finding[] {
  const reached = new Set(
    [...taken, ...deadLetters].map(({ consumer, messageId }) => `${consumer} ${messageId}`),
  );
  const expected = emitted.flatMap(({ id, subject }) =>
    consumersOf(subject).map((consumer) => `${consumer} ${id}`),
  );
  return findingOf('lost', NEVER_TAKEN, missing(expected, reached));
}

/** The audit log has every event of every service, once and no other, and its hashes agree (A2). */
export function compareAudit({
  emitted,
  auditLog,
  auditLogVerifies,
  deadLetters,
}: Needs): readonly Finding[] {
  const said = emitted.map(({ id }) => id);
  return [
    ...findingOf('lost', 'events that the audit log lacks', missing(said, auditLog)),
    ...findingOf('doubled', 'events that are in the audit log twice', repeated(auditLog)),
    ...findingOf('doubled', 'entries of the audit log that nobody said', missing(auditLog, said)),
    ...findingOf('lost', 'audit log whose hashes do not agree', auditLogVerifies ? [] : ['the log']),
    ...findingOf(
      'deadLetters',
      'messages that a consumer could not handle',
      deadLetters.map(({ consumer, messageId, code }) => `${consumer} ${messageId} ${code}`),
    ),
  ];
}

/** What happens to a case once was said once. */
export function compareEffects({ emitted }: Needs): readonly Finding[] {
  const named = emitted.filter(({ caseId }) => caseId !== undefined);
  const once = named.filter(({ subject }) => ONCE_PER_CASE.has(subject));
  const decisions = named.filter(({ subject }) => subject === CaseDecidedV1.subject);
  return findingOf('doubled', 'effects that a case had twice', [
    ...repeated(once.map(effectOf)),
    ...repeated(decisions.map((event) => `${effectOf(event)} ${event.decision ?? ''}`)),
  ]);
}

function effectOf({ caseId, subject }: EmittedEvent): string {
  return `${caseId ?? ''} ${subject}`;
}

/** As the broker calls them. */
function consumersOf(subject: string): readonly string[] {
  return SERVICE_NAMES.flatMap((service) => {
    const heard = CONSUMES[service];
    if (heard === 'everything') return [];
    return heard.filter((event) => event.subject === subject).map(({ name }) => `${service}-${name}`);
  });
}
