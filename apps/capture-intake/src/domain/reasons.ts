/** The service's own words. The consumer and the view translate from and to the contracts; the compiler
 *  proves at both edges that no word is missing. */
export type QualityReason =
  | 'no-face'
  | 'two-faces'
  | 'out-of-frame'
  | 'covered'
  | 'dark-glasses'
  | 'too-far'
  | 'too-near'
  | 'too-dark'
  | 'too-bright'
  | 'uneven-light'
  | 'blurred'
  | 'turned'
  | 'eyes-closed'
  | 'mouth-open'
  | 'busy-background';

type BurstRetakeReason =
  | 'challenge-required'
  | 'replayed'
  | 'too-few-frames'
  | 'too-many-frames'
  | 'face-lost'
  | 'too-slow'
  | 'too-fast'
  | 'wrong-movement'
  | 'colours-not-seen';

export type RetakeReason = QualityReason | BurstRetakeReason | 'unreadable' | 'capture-expired';

export type BurstSuspicion =
  'still-picture' | 'shuffled' | 'another-person' | 'another-scene' | 'not-live' | 'wrong-colours';

export type RegistryRefusal =
  'nik-not-found' | 'subject-deceased' | 'subject-duplicate' | 'subject-inactive' | 'nik-malformed';

type RejectionReason =
  RegistryRefusal | BurstSuspicion | 'face-mismatch' | 'presentation-attack' | 'quota-cap-reached';

type ExpiryReason = 'not-decided-in-time' | 'not-activated-in-time' | 'not-assisted-in-time';

export type OutcomeReason =
  RejectionReason | RetakeReason | ExpiryReason | 'registry-unavailable' | 'attempts-exhausted';
