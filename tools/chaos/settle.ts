import { setTimeout as sleep } from 'node:timers/promises';
import type { Evidence } from './evidence/evidence.js';
import type { Finding, FindingKind } from './verdict/finding.js';
import { leftBehind, type Look } from './verdict/left-behind.js';
import { judge } from './verdict/verdict.js';

export interface Settled {
  readonly evidence: Evidence;
  readonly findings: readonly Finding[];
  /** Until nothing was to be found any more, or nobody wanted to wait longer. */
  readonly afterMs: number;
}

const LOOK_AGAIN_MS = 3_000;

/** What happened cannot be undone. Once it is only that, there is nothing to wait for. */
const FINAL: ReadonlySet<FindingKind> = new Set([
  'doubled',
  'overCap',
  'approvedWithoutMatch',
  'refusedWrongly',
  'unanswered',
  'deadLetters',
]);
const LOOKS_AT_FINAL = 3;

/**
 * Looks until all is as it must be. What is still under way looks lost and heals; what was lost stays lost, and
 * what happened twice stays so.
 */
export async function settle(
  look: () => Promise<Evidence>,
  patienceMs: number,
  tell: (line: string) => void,
): Promise<Settled> {
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  let obstacle: unknown = new Error('nobody looked');
  const looks: Look[] = [];
  let last: Settled | undefined;
  let looksAtFinal = 0;
  while (looksAtFinal < LOOKS_AT_FINAL) {
    try {
      const evidence = await look();
      const open = judge(evidence);
      looks.push({ atMs: elapsed(), evidence });
      last = { evidence, findings: [...open, ...leftBehind(looks)], afterMs: elapsed() };
      if (open.length === 0) return last;
      looksAtFinal = open.every(({ kind }) => FINAL.has(kind)) ? looksAtFinal + 1 : 0;
      tell(`  open after ${Math.round(last.afterMs / 1000)} s: ${last.findings.map(inShort).join('; ')}`);
    } catch (error) {
      obstacle = error;
      tell(`  cannot look yet: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (elapsed() > patienceMs) break;
    await sleep(LOOK_AGAIN_MS);
  }
  if (!last) throw new Error('the platform does not come to rest', { cause: obstacle });
  return last;
}

function inShort({ what, ids }: Finding): string {
  return `${ids.length} ${what}`;
}
