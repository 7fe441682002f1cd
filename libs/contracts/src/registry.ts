import { CaptureAttackSuspectedV1 } from './messages/capture-attack-suspected.v1.js';
import { CapturePassedV1 } from './messages/capture-passed.v1.js';
import { CapturePurgedAfterTemplateV1, CapturePurgedByLivenessV1 } from './messages/capture-purged.v1.js';
import { CaptureRetakeRequestedV1 } from './messages/capture-retake-requested.v1.js';
import { CaseDecidedV1 } from './messages/case-decided.v1.js';
import { FaceExtractedV1, FaceLostV1 } from './messages/face-extracted.v1.js';
import { IdentityMatchedV1, IdentityMismatchedV1 } from './messages/identity-matched.v1.js';
import { IdentityParkedV1 } from './messages/identity-parked.v1.js';
import { IdentityRefusedV1 } from './messages/identity-refused.v1.js';
import { RecordAcceptedV1 } from './messages/record-accepted.v1.js';
import { RecordRejectedV1 } from './messages/record-rejected.v1.js';
import { SealedTemplateV1 } from './messages/sealed-template.v1.js';
import { SimActivatedV1 } from './messages/sim-activated.v1.js';
import { SimDeactivatedV1 } from './messages/sim-deactivated.v1.js';
import { SlotPostedV1 } from './messages/slot-posted.v1.js';
import { SlotRefusedV1 } from './messages/slot-refused.v1.js';
import { SlotReleasedV1 } from './messages/slot-released.v1.js';
import { SlotReservedV1 } from './messages/slot-reserved.v1.js';
import { VerificationSubmittedV1 } from './messages/verification-submitted.v1.js';
import { DEAD_LETTER_REPLAYS, DEAD_LETTERS } from './operations/dead-letters.js';
import type { EventContract, QueryContract } from './define-message.js';

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
  ...DEAD_LETTER_REPLAYS,
];

export const QUERIES: readonly QueryContract[] = [
  SealedTemplateV1,
  ...Object.values(DEAD_LETTERS).flatMap(({ list, show, replay }) => [list, show, replay]),
];
