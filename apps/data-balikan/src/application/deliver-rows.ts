import { nextStep, type CallAnswer, type RowOutcome } from '../domain/next-step.js';

export interface Delivered<Row> {
  readonly settled: readonly { readonly row: Row; readonly outcome: RowOutcome }[];
  /** Still due: the registry did not answer, or time ran out. */
  readonly left: readonly Row[];
}

/**
 * Sends rows in one call and, when the call is refused, in halves until every row has an answer of
 * its own. Stops at the first call without an answer, and when `mayContinue` says so.
 */
export async function deliverRows<Row>(
  rows: readonly Row[],
  send: (rows: readonly Row[]) => Promise<CallAnswer>,
  mayContinue: () => boolean,
): Promise<Delivered<Row>> {
  const settled: { row: Row; outcome: RowOutcome }[] = [];
  const waiting: (readonly Row[])[] = [rows];
  while (mayContinue()) {
    const part = waiting.shift();
    if (!part?.length) break;
    const step = nextStep(await send(part), part.length);
    if (step.kind === 'settle') settled.push(...part.map((row) => ({ row, outcome: step.outcome })));
    if (step.kind === 'split') waiting.unshift(...halves(part));
    if (step.kind === 'give-up') {
      waiting.unshift(part);
      break;
    }
  }
  return { settled, left: waiting.flat() };
}

function halves<Row>(rows: readonly Row[]): (readonly Row[])[] {
  const middle = Math.ceil(rows.length / 2);
  return [rows.slice(0, middle), rows.slice(middle)];
}
