import { ServiceError, type ServiceErrorOptions } from '@absah/domain-kit';
import { ADMISSION_REFUSALS } from './refusals/admission-refusals.js';
import { CASE_REFUSALS } from './refusals/case-refusals.js';
import { CONTENT_REFUSALS } from './refusals/content-refusals.js';
import type { Refusal, Refusals } from './refusals/refusal.js';

/** Every way in which this service says no: stable codes, one sentence each, and what to do next. */
export const REFUSALS = {
  ...ADMISSION_REFUSALS,
  ...CONTENT_REFUSALS,
  ...CASE_REFUSALS,
} as const satisfies Refusals;

export type RefusalCode = keyof typeof REFUSALS;

/** Names what is wrong, never its value. */
export interface FieldProblem {
  readonly path: string;
  readonly problem: string;
}

export function refusal(
  code: RefusalCode,
  options: { fields?: readonly FieldProblem[]; cause?: unknown; retryAfterSeconds?: number } = {},
): ServiceError {
  const { kind, title, nextStep, httpStatus, advice, ...usual }: Refusal = REFUSALS[code];
  const retryAfterSeconds = options.retryAfterSeconds ?? usual.retryAfterSeconds;
  const details: ServiceErrorOptions['details'] = {
    ...(httpStatus && { httpStatus }),
    ...(advice && { advice }),
    ...(options.fields && { fields: options.fields }),
  };
  return new ServiceError(kind, code, title, {
    details,
    nextStep,
    cause: options.cause,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds: secondsWithin(retryAfterSeconds) }),
  });
}

function secondsWithin(range: NonNullable<Refusal['retryAfterSeconds']>): number {
  if (typeof range === 'number') return range;
  const [least, most] = range;
  return least + Math.floor(Math.random() * (most - least + 1));
}
