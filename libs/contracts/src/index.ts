export {
  OPERATOR,
  SERVICE_NAMES,
  type Asker,
  type EventContract,
  type PayloadOf,
  type QueryContract,
  type ReplyOf,
  type ServiceName,
} from './define-message.js';
export { livenessChallengeView, type LivenessChallengeView } from './http/liveness-challenge-api.js';
export { problem, type Problem } from './http/problem.js';
export {
  STAGES,
  verificationRequest,
  verificationView,
  type Stage,
  type VerificationRequest,
  type VerificationStatus,
  type VerificationView,
} from './http/verification-api.js';
export { BooksCheckV1 } from './messages/books-check.v1.js';
export { CaptureAttackSuspectedV1 } from './messages/capture-attack-suspected.v1.js';
export { CapturePassedV1 } from './messages/capture-passed.v1.js';
export { CapturePurgedAfterTemplateV1, CapturePurgedByLivenessV1 } from './messages/capture-purged.v1.js';
export { CaptureRetakeRequestedV1 } from './messages/capture-retake-requested.v1.js';
export { CaseDecidedV1 } from './messages/case-decided.v1.js';
export { CaseOutlookV1 } from './messages/case-outlook.v1.js';
export { FaceExtractedV1, FaceLostV1 } from './messages/face-extracted.v1.js';
export { IdentityMatchedV1, IdentityMismatchedV1 } from './messages/identity-matched.v1.js';
export { IdentityParkedV1 } from './messages/identity-parked.v1.js';
export { IdentityRefusedV1 } from './messages/identity-refused.v1.js';
export { PersonKeyDestroyedV1 } from './messages/person-key-destroyed.v1.js';
export {
  ComparisonKeysByIdV1,
  IdentityKeysByIdV1,
  IdentityKeysOfSubjectsV1,
  TemplateKeysOfSubjectsV1,
} from './messages/person-keys.v1.js';
export { RecordAcceptedV1 } from './messages/record-accepted.v1.js';
export { RecordRejectedV1 } from './messages/record-rejected.v1.js';
export { SealedTemplateV1 } from './messages/sealed-template.v1.js';
export { SimActivatedV1 } from './messages/sim-activated.v1.js';
export { SimDeactivatedV1 } from './messages/sim-deactivated.v1.js';
export { SlotPostedV1 } from './messages/slot-posted.v1.js';
export { SlotRefusedV1 } from './messages/slot-refused.v1.js';
export { SlotReleasedV1 } from './messages/slot-released.v1.js';
export { SlotReservedV1 } from './messages/slot-reserved.v1.js';
export { SubjectStatementV1 } from './messages/subject-statement.v1.js';
export { VerificationSubmittedV1 } from './messages/verification-submitted.v1.js';
export {
  DEAD_LETTER_REPLAYED,
  DEAD_LETTERS,
  operatorAccount,
  type DeadLetterSummary,
  type ReplayOutcome,
  type ShownPayload,
} from './operations/dead-letters.js';
export { DestroyPersonKeyV1, PersonKeysStatusV1, RewrapPersonKeysV1 } from './operations/person-keys.js';
export { MOST_IDS_ASKED, type InboxMissingV1 } from './messages/inbox-missing.v1.js';
export { consumersOf, EVENTS, INBOX_MISSING, QUERIES } from './registry.js';
export {
  CAPTURE_ACCESS,
  CAPTURE_STREAM,
  captureSubject,
  CONSUMES,
  EVENT_STREAM,
  type CaptureKind,
} from './topology.js';
export {
  MOST_FRAMES,
  type Decision,
  type OutcomeReason,
  type RegistryRefusal,
  type RejectionReason,
  type DocumentKind,
  type RetakeReason,
  movement,
} from './vocabulary.js';
