import { randomBytes } from 'node:crypto';
import {
  CaptureAttackSuspectedV1,
  CapturePassedV1,
  CapturePurgedAfterTemplateV1,
  CapturePurgedByLivenessV1,
  CaptureRetakeRequestedV1,
  CaseDecidedV1,
  DEAD_LETTER_REPLAYED,
  FaceExtractedV1,
  FaceLostV1,
  IdentityMatchedV1,
  IdentityMismatchedV1,
  IdentityParkedV1,
  IdentityRefusedV1,
  PersonKeyDestroyedV1,
  RecordAcceptedV1,
  RecordRejectedV1,
  SimActivatedV1,
  SimDeactivatedV1,
  SlotPostedV1,
  SlotRefusedV1,
  SlotReleasedV1,
  SlotReservedV1,
  VerificationSubmittedV1,
  type EventContract,
  type PayloadOf,
} from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';

const at = '2026-07-01T00:00:00.000Z';
const longAfterAnyTest = '2099-01-01T00:00:00.000Z';
const modelChain = 'detector-1/embedder-1';
const operatorId = 'operator-a';
const document = 'nik';
const terms = { operatorId, document, decideBy: '2099-07-01T00:00:00.000Z' };
const consent = { purpose: 'sim-registration', version: '2026-07', givenAt: at };
const sealed = () => randomBytes(60).toString('base64url');
const picture = () => ({
  mediaType: 'image/jpeg',
  byteLength: 180_000,
  sha256: randomBytes(32).toString('hex'),
});

const replayed = () => ({
  letterId: uuidV7(),
  consumer: 'liveness-VerificationSubmittedV1',
  messageId: uuidV7(),
  requestedBy: 'duty-engineer',
  outcome: 'handled',
});

/** What each event says beside its case and its person. */
const FACTS = new Map<EventContract, () => object>([
  [
    VerificationSubmittedV1,
    () => ({ captureId: uuidV7(), ...terms, sealedNik: sealed(), consent, image: picture() }),
  ],
  [
    CapturePassedV1,
    () => ({ captureId: uuidV7(), ...terms, sealedNik: sealed(), livenessScore: 0.98, modelChain }),
  ],
  [CaptureRetakeRequestedV1, () => ({ captureId: uuidV7(), reasons: ['too-dark'] })],
  [CaptureAttackSuspectedV1, () => ({ captureId: uuidV7(), livenessScore: 0.02, modelChain })],
  [CapturePurgedByLivenessV1, () => ({ captureId: uuidV7(), purgedAt: at })],
  [
    FaceExtractedV1,
    () => ({ captureId: uuidV7(), templateId: uuidV7(), ...terms, sealedNik: sealed(), modelChain }),
  ],
  [FaceLostV1, () => ({ captureId: uuidV7(), reasons: ['capture-expired'] })],
  [CapturePurgedAfterTemplateV1, () => ({ captureId: uuidV7(), purgedAt: at })],
  [IdentityMatchedV1, () => ({ operatorId, document, transactionId: uuidV7(), matchScore: 0.97 })],
  [IdentityMismatchedV1, () => ({ transactionId: uuidV7(), matchScore: 0.12 })],
  [IdentityRefusedV1, () => ({ transactionId: uuidV7(), registryCode: '13', reason: 'nik-not-found' })],
  [IdentityParkedV1, () => ({ cause: 'timed-out', retryAt: at })],
  [SlotReservedV1, () => ({ reservationId: uuidV7(), slotNumber: 1, expiresAt: longAfterAnyTest })],
  [SlotRefusedV1, () => ({ reason: 'cap-reached', cap: 3 })],
  [SlotPostedV1, () => ({ reservationId: uuidV7(), slotNumber: 1 })],
  [SlotReleasedV1, () => ({ reservationId: uuidV7(), cause: 'expired' })],
  [CaseDecidedV1, () => ({ operatorId, decision: 'approved', reasons: [], matchScore: 0.97 })],
  [SimActivatedV1, () => ({ operatorId, sealedNik: sealed(), sealedMsisdn: sealed(), activatedAt: at })],
  [SimDeactivatedV1, () => ({ operatorId, deactivatedAt: at })],
  [RecordAcceptedV1, () => ({ recordId: uuidV7(), answer: 'stored' })],
  [RecordRejectedV1, () => ({ recordId: uuidV7(), cause: 'malformed' })],
  [PersonKeyDestroyedV1, () => ({ keyId: uuidV7(), requestedBy: 'privacy-officer', destroyedAt: at })],
  ...Object.values(DEAD_LETTER_REPLAYED).map((contract) => [contract, replayed] as const),
]);

const WITHOUT_SUBJECT: ReadonlySet<EventContract> = new Set<EventContract>([
  ...Object.values(DEAD_LETTER_REPLAYED),
  CapturePurgedByLivenessV1,
  CapturePurgedAfterTemplateV1,
]);

/** A payload that keeps its contract, of another case and another person each time; `fields` are as given. */
export function sampleEvent<C extends EventContract>(
  contract: C,
  fields: Partial<PayloadOf<C>> = {},
): PayloadOf<C> {
  const facts = FACTS.get(contract);
  if (!facts) throw new Error(`no sample of ${contract.name}: add one here`);
  const person = WITHOUT_SUBJECT.has(contract) ? {} : { subjectRef: sampleSubjectRef() };
  return contract.payload.parse({ caseId: uuidV7(), ...person, ...facts(), ...fields }) as PayloadOf<C>;
}

/** A person, as every service but the intake knows her. */
export function sampleSubjectRef(): string {
  return randomBytes(32).toString('hex');
}
