import { readFileSync } from 'node:fs';

/** Mutants that were once dear or deadly. The list only grows. */
export interface Regression {
  readonly seed: number;
  readonly index: number;
  readonly why: string;
}

export const regressions = JSON.parse(
  readFileSync(new URL('regressions.json', import.meta.url), 'utf8'),
) as readonly Regression[];
