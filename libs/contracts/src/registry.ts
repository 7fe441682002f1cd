import { BooksCheckV1 } from './messages/books-check.v1.js';
import { CaptureAttackSuspectedV1 } from './messages/capture-attack-suspected.v1.js';
import { CapturePassedV1 } from './messages/capture-passed.v1.js';
import { CapturePurgedAfterTemplateV1, CapturePurgedByLivenessV1 } from './messages/capture-purged.v1.js';
import { CaptureRetakeRequestedV1 } from './messages/capture-retake-requested.v1.js';
import { CaseDecidedV1 } from './messages/case-decided.v1.js';
import { CaseOutlookV1 } from './messages/case-outlook.v1.js';
import { FaceExtractedV1, FaceLostV1 } from './messages/face-extracted.v1.js';
import { IdentityMatchedV1, IdentityMismatchedV1 } from './messages/identity-matched.v1.js';
import { IdentityParkedV1 } from './messages/identity-parked.v1.js';
import { IdentityRefusedV1 } from './messages/identity-refused.v1.js';
import { PersonKeyDestroyedV1 } from './messages/person-key-destroyed.v1.js';
import {
  ComparisonKeysByIdV1,
  IdentityKeysByIdV1,
  IdentityKeysOfSubjectsV1,
  TemplateKeysOfSubjectsV1,
} from './messages/person-keys.v1.js';
import { RecordAcceptedV1 } from './messages/record-accepted.v1.js';
import { RecordRejectedV1 } from './messages/record-rejected.v1.js';
import { SealedTemplateV1 } from './messages/sealed-template.v1.js';
import { SimActivatedV1 } from './messages/sim-activated.v1.js';
import { SimDeactivatedV1 } from './messages/sim-deactivated.v1.js';
import { SlotPostedV1 } from './messages/slot-posted.v1.js';
import { SlotRefusedV1 } from './messages/slot-refused.v1.js';
import { SlotReleasedV1 } from './messages/slot-released.v1.js';
import { SlotReservedV1 } from './messages/slot-reserved.v1.js';
import { SubjectStatementV1 } from './messages/subject-statement.v1.js';
import { VerificationSubmittedV1 } from './messages/verification-submitted.v1.js';
import { inboxMissingV1, type InboxMissingV1 } from './messages/inbox-missing.v1.js';
import { DEAD_LETTER_REPLAYS, DEAD_LETTERS } from './operations/dead-letters.js';
import { DestroyPersonKeyV1, PersonKeysStatusV1, RewrapPersonKeysV1 } from './operations/person-keys.js';
import { SERVICE_NAMES, type EventContract, type QueryContract, type ServiceName } from './define-message.js';
import { CONSUMES } from './topology.js';

/** Every event there is. AsyncAPI, broker permissions and the audit log's vocabulary are made from it. */
export const EVENTS: readonly EventContract[] = [
  VerificationSubmittedV1,
  CapturePassedV1,
  CaptureRetakeRequestedV1,
  CaptureAttackSuspectedV1,
  CapturePurgedByLivenessV1,
  FaceExtractedV1,
  FaceLostV1,
  CapturePurgedAfterTemplateV1,
  IdentityMatchedV1,
  IdentityMismatchedV1,
  IdentityRefusedV1,
  IdentityParkedV1,
  SlotReservedV1,
  SlotRefusedV1,
  SlotPostedV1,
  SlotReleasedV1,
  CaseDecidedV1,
  SimActivatedV1,
  SimDeactivatedV1,
  RecordAcceptedV1,
  RecordRejectedV1,
  PersonKeyDestroyedV1,
  ...DEAD_LETTER_REPLAYS,
];

/** Absent for a service that hears nothing. Asked by whoever announces what it hears. */
export const INBOX_MISSING: Readonly<Partial<Record<ServiceName, InboxMissingV1>>> = Object.fromEntries(
  SERVICE_NAMES.map((service) => [service, announcersTo(service)] as const)
    .filter(([, announcers]) => announcers.length > 0)
    .map(([service, announcers]) => [service, inboxMissingV1(service, announcers)]),
);

export const QUERIES: readonly QueryContract[] = [
  SealedTemplateV1,
  IdentityKeysOfSubjectsV1,
  TemplateKeysOfSubjectsV1,
  ComparisonKeysByIdV1,
  IdentityKeysByIdV1,
  PersonKeysStatusV1,
  RewrapPersonKeysV1,
  DestroyPersonKeyV1,
  ...Object.values(INBOX_MISSING),
  CaseOutlookV1,
  SubjectStatementV1,
  BooksCheckV1,
  ...Object.values(DEAD_LETTERS).flatMap(({ list, show, replay }) => [list, show, replay]),
];

/** The services that confirm an event: its owner keeps it until each of them did. */
export function consumersOf(event: EventContract): readonly ServiceName[] {
  return SERVICE_NAMES.filter((service) => {
    const heard = CONSUMES[service];
    return heard === 'everything' || heard.includes(event);
  });
}

function announcersTo(service: ServiceName): readonly ServiceName[] {
  const heard = EVENTS.filter((event) => consumersOf(event).includes(service));
  return SERVICE_NAMES.filter((owner) => heard.some((event) => event.owner === owner));
}
