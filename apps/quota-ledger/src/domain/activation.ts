/** The two phases of a transfer: `pending` once, then at most one of the others. */
type EntryKind = 'pending' | 'posted' | 'released';

/** What the ledger knows of a case whose SIM was activated. */
export interface CaseHistory {
  readonly entries: readonly { readonly round: number; readonly kind: EntryKind }[];
  readonly refused: boolean;
}

export type ActivationDecision =
  /** The reservation was not seen yet: messages come in any order. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'posted-before' }
  /** The reservation expired first; the SIM exists, so it needs a slot after all. */
  | { readonly kind: 'take-again'; readonly round: number }
  | { readonly kind: 'never-granted' };

/** Decides about an activation that found no pending slot to post. */
export function decideActivation(history: CaseHistory): ActivationDecision {
  const round = Math.max(0, ...history.entries.map((entry) => entry.round));
  if (round === 0) return { kind: history.refused ? 'never-granted' : 'wait' };
  const kinds = history.entries.filter((entry) => entry.round === round).map((entry) => entry.kind);
  if (kinds.includes('posted')) return { kind: 'posted-before' };
  if (kinds.includes('released')) return { kind: 'take-again', round: round + 1 };
  return { kind: 'wait' };
}
