/** What one try to take a slot saw and did. */
export interface ReservationTry {
  readonly cap: number;
  /** Slot numbers that others held when the try began. */
  readonly held: readonly number[];
  /** The slot that the try took, if it took one. */
  readonly taken: { readonly slotNumber: number; readonly expiresAt: Date } | undefined;
  /** The request was answered before, by a reservation or a refusal. */
  readonly answeredBefore: boolean;
}

export type ReservationVerdict =
  | { readonly kind: 'reserved'; readonly slotNumber: number; readonly expiresAt: Date }
  | { readonly kind: 'refused'; readonly cap: number }
  | { readonly kind: 'answered-before' }
  /** A slot was free but somebody else took it first: look again. */
  | { readonly kind: 'overtaken' };

/** Refuses only on full holdings: losing a race for one slot says nothing about the others (Q1). */
export function judgeReservation(attempt: ReservationTry): ReservationVerdict {
  if (attempt.answeredBefore) return { kind: 'answered-before' };
  if (attempt.taken) return { kind: 'reserved', ...attempt.taken };
  if (attempt.held.length >= attempt.cap) return { kind: 'refused', cap: attempt.cap };
  return { kind: 'overtaken' };
}
