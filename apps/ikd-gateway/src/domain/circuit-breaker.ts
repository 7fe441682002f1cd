/** Spares a registry that does not answer, and callers the wait for it (G4). */
export interface Circuit {
  /** Questions in a row that nobody answered. */
  readonly unanswered: number;
  /** Epoch milliseconds until which nothing is asked; 0 while the circuit is closed. */
  readonly openUntil: number;
}

export interface CircuitPolicy {
  readonly unansweredToOpen: number;
  readonly openMs: number;
}

export const CLOSED: Circuit = { unanswered: 0, openUntil: 0 };

/** An open circuit lets one probe through per period; the others go without asking. */
export function admit(
  circuit: Circuit,
  now: number,
  policy: CircuitPolicy,
): { readonly admitted: boolean; readonly circuit: Circuit } {
  if (circuit.openUntil === 0) return { admitted: true, circuit };
  if (now < circuit.openUntil) return { admitted: false, circuit };
  return { admitted: true, circuit: { ...circuit, openUntil: now + policy.openMs } };
}

/** Any answer closes the circuit, a refusal as well: somebody is there. */
export function afterAnswer(
  circuit: Circuit,
  answered: boolean,
  now: number,
  policy: CircuitPolicy,
): Circuit {
  if (answered) return CLOSED;
  const unanswered = circuit.unanswered + 1;
  return unanswered < policy.unansweredToOpen
    ? { unanswered, openUntil: circuit.openUntil }
    : { unanswered, openUntil: now + policy.openMs };
}
