import { problemType } from '@absah/service-kit';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { Advice } from '../domain/advice.js';
import { REFUSALS, type RefusalCode } from '../domain/errors.js';

interface Answer {
  readonly title: string;
  readonly nextStep?: string;
  readonly advice?: Advice;
  readonly status: number;
}

const STATUS_OF_KIND = { invalid: 400, denied: 401, missing: 404, conflict: 409, unavailable: 503 } as const;

/** What an operation may also answer because of what stands behind this service. */
const FROM_ELSEWHERE = {
  'CAPTURES.FULL': {
    status: 503,
    title: 'Too many captures are waiting.',
    nextStep: 'Send the picture again in a moment.',
  },
  'CAPTURES.UNREACHABLE': { status: 503, title: 'The capture store does not answer.' },
  'SERVICE.INTERNAL': { status: 500, title: 'Something went wrong on our side.' },
} as const satisfies Record<string, Answer>;

export type ProblemCode = RefusalCode | keyof typeof FROM_ELSEWHERE;

/** What every POST may answer because of its key. */
export const KEY_PROBLEMS = [
  'INTAKE.IDEMPOTENCY_KEY_MISSING',
  'INTAKE.IDEMPOTENCY_KEY_MALFORMED',
  'INTAKE.IDEMPOTENCY_KEY_IN_FLIGHT',
  'INTAKE.IDEMPOTENCY_KEY_REUSED',
] as const satisfies readonly ProblemCode[];

/** Documents the problems of an operation: one response per status, one example per code. */
export function AnswersProblems(...codes: readonly ProblemCode[]): MethodDecorator {
  const byStatus = Map.groupBy(codes, (code) => answerTo(code).status);
  return applyDecorators(...Array.from(byStatus, ([status, group]) => problemResponse(status, group)));
}

function problemResponse(status: number, codes: readonly ProblemCode[]): MethodDecorator {
  const schema = { $ref: '#/components/schemas/Problem' };
  const examples = Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }]));
  return ApiResponse({
    status,
    description: codes.map((code) => `- \`${code}\`: ${answerTo(code).title}`).join('\n'),
    content: { 'application/problem+json': { schema, examples } },
  });
}

function exampleOf(code: ProblemCode): Record<string, unknown> {
  const { status, title, nextStep, advice } = answerTo(code);
  const forPeople = { ...(nextStep && { nextStep }), ...(advice && { advice }) };
  return { type: problemType(code), title, status, code, ...forPeople };
}

function answerTo(code: ProblemCode): Answer {
  if (!isRefusal(code)) return FROM_ELSEWHERE[code];
  const { kind, title, nextStep } = REFUSALS[code];
  const refused = REFUSALS[code];
  const status = 'httpStatus' in refused ? refused.httpStatus : STATUS_OF_KIND[kind];
  return { title, nextStep, status, ...('advice' in refused && { advice: refused.advice }) };
}

function isRefusal(code: ProblemCode): code is RefusalCode {
  return code in REFUSALS;
}
