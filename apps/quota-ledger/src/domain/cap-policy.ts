/** Sources of the rule differ: whether a person's SIMs count together, or at each operator by itself (Q1). */
export const CAP_SCOPES = ['person', 'person-and-operator'] as const;
type CapScope = (typeof CAP_SCOPES)[number];

export const DOCUMENTS = ['nik', 'passport'] as const;
export type IdentityDocument = (typeof DOCUMENTS)[number];

export interface CapRule {
  readonly document: IdentityDocument;
  /** The operator that the rule is for; without one it is for all that have no rule of their own. */
  readonly operatorId?: string;
  readonly scope: CapScope;
  /** Slots that may be held at once, reserved ones included. */
  readonly cap: number;
}

/** All rules together. Of two policies the one with the higher revision is in force. */
export interface CapPolicy {
  readonly revision: number;
  /** Who set it, as the log of revisions shall say. */
  readonly author: string;
  readonly rules: readonly CapRule[];
}

export type Adoption =
  | { readonly kind: 'adopted' }
  | { readonly kind: 'in-force' }
  /** A replica that was configured earlier must not turn a later policy back. */
  | { readonly kind: 'outdated'; readonly revisionInForce: number }
  /** Two policies under one number: nobody could tell which was meant. */
  | { readonly kind: 'contradicted' };

/** Decides about a configured policy beside the one of the highest revision that the database knows. */
export function decideAdoption(configured: CapPolicy, inForce: CapPolicy | undefined): Adoption {
  if (!inForce || configured.revision > inForce.revision) return { kind: 'adopted' };
  if (configured.revision < inForce.revision) return { kind: 'outdated', revisionInForce: inForce.revision };
  return { kind: sameRules(configured.rules, inForce.rules) ? 'in-force' : 'contradicted' };
}

function sameRules(some: readonly CapRule[], others: readonly CapRule[]): boolean {
  const texts = new Set(some.map(ruleText));
  return texts.size === others.length && others.every((rule) => texts.has(ruleText(rule)));
}

function ruleText({ document, operatorId, scope, cap }: CapRule): string {
  return [document, operatorId ?? '*', scope, cap].join(' ');
}
