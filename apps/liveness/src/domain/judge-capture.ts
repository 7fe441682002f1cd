import { decideLiveness, type QualityReason } from '@absah/biometrics';
import { assertNever } from '@absah/domain-kit';

export type RetakeReason = QualityReason | 'unreadable' | 'capture-expired';

/** What came of fetching a picture and looking at it. */
export type CaptureFinding<Face> =
  | { readonly kind: 'expired' }
  /** Its bytes are not those that were submitted. */
  | { readonly kind: 'altered' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'retake'; readonly reasons: readonly QualityReason[] }
  | (Face & { readonly kind: 'face' });

/** A retake is never an accusation (V7): only a picture that is good enough can be called an attack. */
export type Judgement<Face> =
  | { readonly kind: 'retake'; readonly reasons: readonly RetakeReason[] }
  | { readonly kind: 'attack'; readonly face: Face }
  | { readonly kind: 'live'; readonly face: Face };

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
    case 'retake':
      return { kind: 'retake', reasons: finding.reasons };
    case 'face':
      return { kind: decideLiveness(finding.livenessScore, livenessThreshold), face: finding };
    default:
      return assertNever(finding);
  }
}
