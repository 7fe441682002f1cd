import type { EventContract, ServiceName } from './define-message.js';
import { CaptureAttackSuspectedV1 } from './messages/capture-attack-suspected.v1.js';
import { CapturePassedV1 } from './messages/capture-passed.v1.js';
import { CaptureRetakeRequestedV1 } from './messages/capture-retake-requested.v1.js';
import { FaceExtractedV1, FaceLostV1 } from './messages/face-extracted.v1.js';
import { IdentityMatchedV1, IdentityMismatchedV1 } from './messages/identity-matched.v1.js';
import { IdentityParkedV1 } from './messages/identity-parked.v1.js';
import { IdentityRefusedV1 } from './messages/identity-refused.v1.js';
import { SimActivatedV1 } from './messages/sim-activated.v1.js';
import { SimDeactivatedV1 } from './messages/sim-deactivated.v1.js';
import { SlotRefusedV1 } from './messages/slot-refused.v1.js';
import { SlotReleasedV1 } from './messages/slot-released.v1.js';
import { SlotReservedV1 } from './messages/slot-reserved.v1.js';
import { VerificationSubmittedV1 } from './messages/verification-submitted.v1.js';

/** JetStream stream of all events. Transport, not record: PostgreSQL is the record. */
export const EVENT_STREAM = 'EVENTS';

/** Memory-only stream of sealed images, bursts and aligned faces (A3). */
export const CAPTURE_STREAM = 'CAPTURES';

/** Who hears what: durable consumers and broker permissions are made from it, nothing else is allowed. */
export const CONSUMES: Readonly<Record<ServiceName, readonly EventContract[] | 'everything'>> = {
  'capture-intake': [
    CaptureRetakeRequestedV1,
    CaptureAttackSuspectedV1,
    FaceLostV1,
    IdentityMismatchedV1,
    IdentityRefusedV1,
    IdentityParkedV1,
    IdentityMatchedV1,
    SlotReservedV1,
    SlotRefusedV1,
    SlotReleasedV1,
  ],
  liveness: [VerificationSubmittedV1],
  'template-extraction': [CapturePassedV1],
  'ikd-gateway': [FaceExtractedV1],
  'quota-ledger': [IdentityMatchedV1, SimActivatedV1, SimDeactivatedV1],
  'data-balikan': [SimActivatedV1],
  privacy: [],
  audit: 'everything',
};

interface CaptureAccess {
  readonly put: readonly CaptureKind[];
  readonly get: readonly CaptureKind[];
  readonly purge: boolean;
}

/** Who may put, read and purge sealed captures: only liveness ever reads a whole picture. */
export const CAPTURE_ACCESS: Readonly<Partial<Record<ServiceName, CaptureAccess>>> = {
  'capture-intake': { put: ['image', 'burst'], get: [], purge: true },
  liveness: { put: ['face'], get: ['image', 'burst'], purge: true },
  'template-extraction': { put: [], get: ['face'], purge: true },
};

/** The whole image and the packed frames as received, or the aligned faces cut from them, packed likewise. */
export type CaptureKind = 'image' | 'burst' | 'face';

export function captureSubject(captureId: string, kind: CaptureKind | '*'): string {
  return `captures.${captureId}.${kind}`;
}
