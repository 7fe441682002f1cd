import type { Problem } from '@absah/contracts';
import { ServiceError, type ErrorKind } from '@absah/domain-kit';
import { HttpException } from '@nestjs/common';
import { ZodError } from 'zod';

export interface ProblemAnswer {
  readonly problem: Problem;
  readonly retryAfterSeconds?: number;
}

const STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  denied: 403,
  missing: 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};

const BAD_REQUEST = {
  code: 'HTTP.BAD_REQUEST',
  title: 'The request cannot be read',
  nextStep: 'Send what the API description asks for.',
};

/** What Fastify and Nest refuse before a handler runs. */
const FRAMEWORK: Readonly<Record<number, { code: string; title: string; nextStep: string }>> = {
  400: BAD_REQUEST,
  404: {
    code: 'HTTP.NOT_FOUND',
    title: 'There is nothing at this address',
    nextStep: 'Check the path and the method.',
  },
  405: {
    code: 'HTTP.METHOD_NOT_ALLOWED',
    title: 'This address does not take that method',
    nextStep: 'Check the method.',
  },
  408: {
    code: 'HTTP.TIMEOUT',
    title: 'The request took too long to arrive',
    nextStep: 'Send it again on a better line.',
  },
  413: { code: 'HTTP.BODY_TOO_LARGE', title: 'The request is too large', nextStep: 'Send a smaller body.' },
  415: {
    code: 'HTTP.UNSUPPORTED_MEDIA_TYPE',
    title: 'This content type is not accepted',
    nextStep: 'Use the content type of the API description.',
  },
};

/** Nothing but a ServiceError's own words reaches a caller: no stack, no path, no value. */
export function toProblem(error: unknown): ProblemAnswer {
  if (error instanceof ServiceError) return fromServiceError(error);
  if (error instanceof ZodError) return fromZod(error);
  const refused = refusedByFramework(error);
  if (refused) return { problem: { type: problemType(refused.code), ...refused } };
  return {
    problem: {
      type: problemType('SERVICE.INTERNAL'),
      title: 'Something went wrong on our side',
      status: 500,
      code: 'SERVICE.INTERNAL',
      nextStep: 'Try again; if it continues, tell us the time of the request.',
    },
  };
}

export function problemType(code: string): string {
  return `urn:absah:problem:${code.toLowerCase()}`;
}

function fromServiceError(error: ServiceError): ProblemAnswer {
  const fields = error.details['fields'] as Problem['fields'];
  const advice = error.details['advice'] as Problem['advice'];
  return {
    problem: {
      type: problemType(error.code),
      title: error.message,
      status: statusOf(error),
      code: error.code,
      ...(error.nextStep && { nextStep: error.nextStep }),
      ...(advice && { advice }),
      ...(fields && { fields }),
    },
    ...(error.retryAfterSeconds !== undefined && { retryAfterSeconds: error.retryAfterSeconds }),
  };
}

function statusOf(error: ServiceError): number {
  const exact = error.details['httpStatus'];
  if (typeof exact === 'number') return exact;
  if (error.code.endsWith('_UNAUTHENTICATED')) return 401;
  return STATUS[error.kind];
}

function fromZod(error: ZodError): ProblemAnswer {
  return {
    problem: {
      type: problemType('HTTP.BODY_INVALID'),
      title: 'The request has missing, unknown or malformed fields',
      status: 400,
      code: 'HTTP.BODY_INVALID',
      nextStep: 'Correct the named fields; the API description has an example.',
      fields: fieldProblems(error),
    },
  };
}

/** Names of fields and what is wrong with them, never their values. */
function fieldProblems(error: ZodError): { path: string; problem: string }[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.') || '(body)', problem: issue.code }));
}

type Refusal = Omit<Problem, 'type'>;

/** Not by its status alone: the errors of brokers and HTTP clients carry one as well, and it is not ours. */
function refusedByFramework(error: unknown): Refusal | undefined {
  const status = error instanceof HttpException ? error.getStatus() : fastifyStatus(error);
  if (status === undefined || status < 400 || status >= 500) return undefined;
  const known = FRAMEWORK[status];
  return known ? { status, ...known } : { status: 400, ...BAD_REQUEST };
}

function fastifyStatus(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const isFastifys = typeof code === 'string' && code.startsWith('FST_');
  return isFastifys && typeof statusCode === 'number' ? statusCode : undefined;
}
