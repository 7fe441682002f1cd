import { createHash } from 'node:crypto';
import { Random } from '../../../../tools/seed/random.js';
import type { PaperRule } from './paper-ledger.js';

export type Step =
  | { readonly act: 'reserve' | 'post' | 'void' | 'expire' | 'release'; readonly who: number }
  /** The process dies before it commits the step: nothing of it remains. */
  | { readonly act: 'die'; readonly during: Step };

/** The life of one person at the ledger. */
export interface Sequence {
  readonly number: number;
  readonly subjectRef: string;
  readonly document: 'nik' | 'passport';
  readonly cases: readonly { readonly caseId: string; readonly operatorId: string }[];
  readonly steps: readonly Step[];
}

const OPERATORS = ['operator-a', 'operator-b', 'operator-c'] as const;
const ACTS = ['reserve', 'reserve', 'reserve', 'post', 'post', 'void', 'expire', 'release'] as const;
const MOST_CASES = 7;
const MOST_STEPS = 24;

/** Three per person over all operators, but two of its own at operator-b; one per passport. */
export const RULES = [
  { document: 'nik', scope: 'person', cap: 3 },
  { document: 'nik', operatorId: 'operator-b', scope: 'person-and-operator', cap: 2 },
  { document: 'passport', scope: 'person', cap: 1 },
] as const;

/** The same rules, for the paper. */
export function paperRule(document: Sequence['document'], operatorId: string): PaperRule {
  if (document === 'passport') return { cap: 1, countsAll: true };
  return operatorId === 'operator-b' ? { cap: 2, countsAll: false } : { cap: 3, countsAll: true };
}

/** The same at every run of a seed, and without those before it. */
export function sequenceOf(seed: number, number: number): Sequence {
  const subjectRef = digest(seed, number);
  const random = new Random(Number.parseInt(subjectRef.slice(0, 8), 16));
  const cases = Array.from({ length: 1 + random.below(MOST_CASES) }, (_, index) => ({
    caseId: uuidOf(digest(seed, number, index)),
    operatorId: random.pick(OPERATORS),
  }));
  const steps: Step[] = [];
  const length = 1 + random.below(MOST_STEPS);
  while (steps.length < length) steps.push(nextStep(random, cases.length, steps));
  const document = random.below(5) === 0 ? 'passport' : 'nik';
  return { number, subjectRef, document, cases, steps };
}

/** Names from a digest: random ones of 32 bits of state would give two people of a long run one name. */
function digest(...parts: readonly number[]): string {
  return createHash('sha256').update(parts.join(' ')).digest('hex');
}

function uuidOf(hex: string): string {
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join('-');
}

/** One step in six is a message that was delivered before, one in twelve dies half way. */
function nextStep(random: Random, cases: number, before: readonly Step[]): Step {
  if (before.length > 0 && random.below(6) === 0) return random.pick(before);
  const step = { act: random.pick(ACTS), who: random.below(cases) };
  return random.below(12) === 0 ? { act: 'die', during: step } : step;
}
