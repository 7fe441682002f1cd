/** What the registry said to one call, or that it said nothing to the point. */
export type CallAnswer =
  | { readonly kind: 'stored' }
  | { readonly kind: 'already-sent' }
  | { readonly kind: 'row-refused'; readonly cause: 'malformed' | 'nik-unknown' }
  /** Network trouble, an outage, refused credentials, a wrong institution: no row is at fault. */
  | { readonly kind: 'unavailable'; readonly needsEngineer: boolean };

/** How one row ended. */
export type RowOutcome =
  | { readonly kind: 'accepted'; readonly answer: 'stored' | 'already-sent' }
  /** Without its key nobody can report the row any more. */
  | { readonly kind: 'rejected'; readonly cause: 'malformed' | 'nik-unknown' | 'key-destroyed' };

export type NextStep =
  | { readonly kind: 'settle'; readonly outcome: RowOutcome }
  /** The answer is about at least one row, nobody knows which: ask for the halves. */
  | { readonly kind: 'split' }
  | { readonly kind: 'give-up' };

/** A call is stored whole or refused whole, so only a call of one row says something about that row (B2). */
export function nextStep(answer: CallAnswer, rows: number): NextStep {
  switch (answer.kind) {
    case 'stored':
      return { kind: 'settle', outcome: { kind: 'accepted', answer: 'stored' } };
    case 'already-sent':
      return rows > 1
        ? { kind: 'split' }
        : { kind: 'settle', outcome: { kind: 'accepted', answer: 'already-sent' } };
    case 'row-refused':
      return rows > 1
        ? { kind: 'split' }
        : { kind: 'settle', outcome: { kind: 'rejected', cause: answer.cause } };
    case 'unavailable':
      return { kind: 'give-up' };
  }
}
