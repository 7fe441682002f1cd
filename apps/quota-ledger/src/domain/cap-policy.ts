/**
 * Sources of the rule differ: three SIMs per person, or per person and operator. Only the first is
 * served: `IdentityMatchedV1` does not name the operator, so the second needs its next version.
 */
export const CAP_SCOPES = ['person'] as const;
type CapScope = (typeof CAP_SCOPES)[number];

export interface CapPolicy {
  readonly scope: CapScope;
  /** Slots that may be held at once, reserved ones included. */
  readonly cap: number;
}
