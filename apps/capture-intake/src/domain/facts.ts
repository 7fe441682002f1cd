import type { BurstSuspicion, RegistryRefusal, RetakeReason } from './reasons.js';

/** What other services, the operator, and at last the clock, say about a case. They may arrive in any order, late and twice. */
export type Fact =
  | { readonly kind: 'retake-requested'; readonly reasons: readonly RetakeReason[] }
  /** With what the burst showed, when it was not the picture itself. */
  | { readonly kind: 'attack-suspected'; readonly suspicion?: BurstSuspicion }
  | { readonly kind: 'face-lost'; readonly reasons: readonly RetakeReason[] }
  | { readonly kind: 'mismatched'; readonly matchScore: number }
  | { readonly kind: 'refused'; readonly reason: RegistryRefusal }
  | { readonly kind: 'parked' }
  | { readonly kind: 'matched'; readonly matchScore: number }
  | { readonly kind: 'slot-reserved'; readonly reservationId: string; readonly expiresAt: Date }
  | { readonly kind: 'slot-refused' }
  | { readonly kind: 'slot-released'; readonly reservationId: string }
  | { readonly kind: 'activated' }
  | { readonly kind: 'deactivated' }
  /** The operator gave it up, because the person left for instance. */
  | { readonly kind: 'cancelled' }
  /** What it waits for did not come in time. */
  | { readonly kind: 'overdue' };

export type FactKind = Fact['kind'];
export type FactOf = { readonly [Kind in FactKind]: Extract<Fact, { readonly kind: Kind }> };
