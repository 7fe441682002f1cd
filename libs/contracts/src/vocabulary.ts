import { z } from 'zod';

/** HMAC-SHA-256 of the NIK under a key of the operator, in hex: what quota, audit and logs know a person by. */
export const subjectRef = z.string().regex(/^[0-9a-f]{64}$/);

/** A value under envelope encryption (AES-256-GCM), base64url. Opaque to whoever lacks its key. See ADR 0005. */
export const sealedValue = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(1024);

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** 0 to 1; 0.95 stands at the operating point by default (V4, V6). */
export const score = z.number().min(0).max(1);

export const instant = z.iso.datetime({ offset: false });

export const operatorId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
  .meta({ description: 'The telco that sent the request' });

/** What a person shows who they are with: the NIK of a citizen, or a foreigner's passport (V10). */
export const documentKind = z.enum(['nik', 'passport']);
export type DocumentKind = z.infer<typeof documentKind>;

/** What later stages need to know of the request that opened a case. */
export const caseTerms = {
  operatorId,
  document: documentKind,
  /** When a case that is still open is given up: nobody needs to work on it any more (V9). */
  decideBy: instant,
};

/**
 * What was agreed to. Closed on purpose: this goes into a log that forgets nothing, where a NIK that a
 * caller put into the wrong field would stay for ever (A3, A4).
 */
export const consentPurpose = z.literal('sim-registration');
export const consentVersion = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])(\.\d{1,3})?$/);

/** What a person may be asked to do before the camera (V5); left and right are the person's own. */
export const movement = z.enum(['turn-left', 'turn-right', 'look-up', 'nod', 'blink']);

/** What the screen may be asked to shine at the person. */
export const flashColour = z.enum(['red', 'green', 'blue']);

/** 16 random bytes, base64url. */
export const challengeNonce = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** The longest burst that is looked at. */
export const MOST_FRAMES = 24;

/** Milliseconds between the moment at which the challenge was shown and each frame, by the client's clock. */
export const frameTimes = z.array(z.number().nonnegative().max(600_000)).min(1).max(MOST_FRAMES);

/** Why a person is asked for another picture (V7). Named after OFIQ's measures; never an accusation. */
export const retakeReason = z.enum([
  'no-face',
  'two-faces',
  'out-of-frame',
  'covered',
  'dark-glasses',
  'too-far',
  'too-near',
  'too-dark',
  'too-bright',
  'uneven-light',
  'blurred',
  'turned',
  'eyes-closed',
  'mouth-open',
  'busy-background',
  'unreadable',
  'capture-expired',
  'challenge-required',
  'replayed',
  'too-few-frames',
  'too-many-frames',
  'face-lost',
  'too-slow',
  'too-fast',
  'wrong-movement',
  'colours-not-seen',
]);
export type RetakeReason = z.infer<typeof retakeReason>;

/** What a burst shows that does not happen to a person before a camera (V5). */
export const burstSuspicion = z.enum([
  'still-picture',
  'shuffled',
  'another-person',
  'another-scene',
  'not-live',
  'wrong-colours',
]);

/** Why a case ends without a SIM. */
const rejectionReason = z.enum([
  'face-mismatch',
  'presentation-attack',
  ...burstSuspicion.options,
  'quota-cap-reached',
  'nik-not-found',
  'subject-deceased',
  'subject-duplicate',
  'subject-inactive',
  'nik-malformed',
]);
export type RejectionReason = z.infer<typeof rejectionReason>;

/** What the registry may answer instead of a comparison (G6). */
export const registryRefusal = rejectionReason.extract([
  'nik-not-found',
  'subject-deceased',
  'subject-duplicate',
  'subject-inactive',
  'nik-malformed',
]);
export type RegistryRefusal = z.infer<typeof registryRefusal>;

/** Why a case ended although nobody said no. */
const expiryReason = z.enum(['not-decided-in-time', 'not-activated-in-time', 'not-assisted-in-time']);

/** Everything that an operator can be told about a case. */
export const outcomeReason = z.union([
  rejectionReason,
  retakeReason,
  expiryReason,
  z.enum(['registry-unavailable', 'attempts-exhausted']),
]);
export type OutcomeReason = z.infer<typeof outcomeReason>;

/** `attempts-exhausted` and the three reasons that the last attempt failed for. */
export const MOST_REASONS = 4;

export const decision = z.enum([
  'approved',
  'rejected',
  'retake',
  'parked',
  'needs-assistance',
  'expired',
  'cancelled',
]);
export type Decision = z.infer<typeof decision>;
