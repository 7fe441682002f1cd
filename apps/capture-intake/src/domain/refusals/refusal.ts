import type { ErrorKind } from '@absah/domain-kit';
import type { Advice } from '../advice.js';

/** One way in which this service says no. */
export interface Refusal {
  readonly kind: ErrorKind;
  readonly title: string;
  readonly nextStep: string;
  /** Where plain 400 would hide what a client can act on. */
  readonly httpStatus?: 403 | 410 | 413 | 415 | 422 | 429;
  /** With a range, each caller is told another time: they shall not all come back at once. */
  readonly retryAfterSeconds?: number | readonly [least: number, most: number];
  /** Where a clerk or the person has to do something, in words for them. */
  readonly advice?: Advice;
}

export type Refusals = Readonly<Record<`INTAKE.${string}`, Refusal>>;
