import { PersonKeysStatusV1, RewrapPersonKeysV1 } from '@absah/contracts';
import type { QueryClient } from '@absah/messaging';

export interface Rewrapped {
  readonly done: number;
  readonly left: number;
  readonly unreadable: number;
}

export interface RewrapProgress extends Rewrapped {
  readonly kekId: string;
}

type Ask = Pick<QueryClient, 'ask'>;

/** A batch may be as many calls to Vault, each tried again. */
const STEP_TIMEOUT_MS = 120_000;

export function keysStatus(queries: Ask) {
  return queries.ask(PersonKeysStatusV1, {}, { timeoutMs: STEP_TIMEOUT_MS });
}

/** Every key that is not under the active KEK. What an earlier call did is done; killed here, the next goes on. */
export async function rewrapAll(
  queries: Ask,
  batch: number,
  tell: (progress: RewrapProgress) => void,
): Promise<Rewrapped> {
  const { active, keks } = await keysStatus(queries);
  const sums = { done: 0, unreadable: 0 };
  for (const { kekId, keyCount } of keks.filter((kek) => kek.kekId !== active)) {
    const own = { done: 0, unreadable: 0 };
    for (let after: string | undefined; ;) {
      const step = { kekId, limit: batch, ...(after && { after }) };
      const answer = await queries.ask(RewrapPersonKeysV1, step, { timeoutMs: STEP_TIMEOUT_MS });
      own.done += answer.rewrapped;
      own.unreadable += answer.unreadable;
      tell({ kekId, ...own, left: Math.max(0, keyCount - own.done) });
      if (!answer.next) break;
      after = answer.next;
    }
    sums.done += own.done;
    sums.unreadable += own.unreadable;
  }
  return { ...sums, left: await leftOver(queries) };
}

/** Counted, and not reckoned: others may have made keys meanwhile, or re-wrapped some. */
async function leftOver(queries: Ask): Promise<number> {
  const { active, keks } = await keysStatus(queries);
  return keks.filter(({ kekId }) => kekId !== active).reduce((sum, { keyCount }) => sum + keyCount, 0);
}
