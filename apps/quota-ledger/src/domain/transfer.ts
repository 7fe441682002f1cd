/**
 * What is written about a case, in this order: it is refused, or it becomes `pending` and then one of
 * `posted`, `voided` and `expired`; a posted one may be `released`, by a deregistration.
 */
export type EntryKind = 'refused' | 'pending' | 'posted' | 'voided' | 'expired' | 'released';

export type ActivationDecision =
  /** The reservation was not seen yet: messages come in any order. */
  | 'wait'
  | 'posted-before'
  | 'never-granted'
  /** The intake promised that this cannot be: it said that the case was over. */
  | 'given-away';

export type DeregistrationDecision =
  /** Something about the case is still on its way, or just happened: look again. */
  | 'wait'
  /** The activation is behind: what was deregistered had been active. */
  | 'post-first'
  | 'released-before'
  | 'never-held';

/** Decides about an activation that found no pending slot to post. */
export function decideActivation(history: readonly EntryKind[]): ActivationDecision {
  const last = history.at(-1);
  switch (last) {
    case undefined:
    case 'pending':
      return 'wait';
    case 'posted':
    case 'released':
      return 'posted-before';
    case 'refused':
      return 'never-granted';
    case 'voided':
    case 'expired':
      return 'given-away';
  }
}

/** Decides about a deregistration that found no posted slot to release. */
export function decideDeregistration(history: readonly EntryKind[]): DeregistrationDecision {
  const last = history.at(-1);
  switch (last) {
    case undefined:
    case 'posted':
      return 'wait';
    case 'pending':
      return 'post-first';
    case 'released':
      return 'released-before';
    case 'refused':
    case 'voided':
    case 'expired':
      return 'never-held';
  }
}
