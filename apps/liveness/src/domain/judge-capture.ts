import {
  decideLiveness,
  type BurstRetakeReason,
  type BurstSuspicion,
  type QualityReason,
} from '@absah/biometrics';
import { assertNever } from '@absah/domain-kit';

export type RetakeReason =
  QualityReason | BurstRetakeReason | 'unreadable' | 'capture-expired' | 'challenge-required' | 'replayed';

/** What came of fetching a picture and looking at it. */
export type CaptureFinding<Face> =
  /** Gone, or too late to be looked at. */
  | { readonly kind: 'expired' }
  /** Its bytes are not those that were submitted. */
  | { readonly kind: 'altered' }
  | { readonly kind: 'unreadable' }
  /** A challenge is demanded and none was answered: the picture was not looked at. */
  | { readonly kind: 'unchallenged' }
  | { readonly kind: 'retake'; readonly reasons: readonly QualityReason[] }
  | (Face & { readonly kind: 'face' });

/** A retake is never an accusation (V7): only a picture that is good enough can be called an attack. */
export type Judgement<Face> =
  | { readonly kind: 'retake'; readonly reasons: readonly RetakeReason[] }
  /** Without a suspicion it is the picture itself that looks like an attack. */
  | { readonly kind: 'attack'; readonly face: Face; readonly suspicion?: BurstSuspicion }
  /** `companions` are aligned faces of the same person from the burst. */
  | { readonly kind: 'live'; readonly face: Face; readonly companions: readonly Uint8Array[] };

export function judgeCapture<Face extends { readonly livenessScore: number }>(
  finding: CaptureFinding<Face>,
  livenessThreshold: number,
): Judgement<Face> {
  switch (finding.kind) {
    case 'expired':
      return { kind: 'retake', reasons: ['capture-expired'] };
    case 'altered':
    case 'unreadable':
      return { kind: 'retake', reasons: ['unreadable'] };
    case 'unchallenged':
      return { kind: 'retake', reasons: ['challenge-required'] };
    case 'retake':
      return { kind: 'retake', reasons: finding.reasons };
    case 'face':
      return decideLiveness(finding.livenessScore, livenessThreshold) === 'live'
        ? { kind: 'live', face: finding, companions: [] }
        : { kind: 'attack', face: finding };
    default:
      return assertNever(finding);
  }
}

/** What came of a burst whose picture passed by itself. */
export type BurstFinding =
  | { readonly kind: 'expired' | 'altered' | 'replayed' }
  | { readonly kind: 'retake'; readonly reason: BurstRetakeReason }
  | { readonly kind: 'attack'; readonly suspicion: BurstSuspicion }
  | { readonly kind: 'live'; readonly companions: readonly Uint8Array[] };

export function withBurst<Face>(face: Face, finding: BurstFinding): Judgement<Face> {
  switch (finding.kind) {
    case 'expired':
      return { kind: 'retake', reasons: ['capture-expired'] };
    case 'altered':
      return { kind: 'retake', reasons: ['unreadable'] };
    case 'replayed':
      // No accusation: an app that sends again what it believes lost looks the same.
      return { kind: 'retake', reasons: ['replayed'] };
    case 'retake':
      return { kind: 'retake', reasons: [finding.reason] };
    case 'attack':
      return { kind: 'attack', face, suspicion: finding.suspicion };
    case 'live':
      return { kind: 'live', face, companions: finding.companions };
    default:
      return assertNever(finding);
  }
}
