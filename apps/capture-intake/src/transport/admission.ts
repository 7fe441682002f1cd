import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CasesUnderWay } from '../application/cases-under-way.js';
import { refusal } from '../domain/errors.js';
import { idempotencyKeyOf } from './idempotency/idempotency-key.js';
import type { OperatorKeys } from './operator-keys.js';
import { issueTicket } from './upload-ticket.js';
import type { UploadsInFlight } from './uploads-in-flight.js';

const PROTECTED = '/v1/';
const SUBMISSION = '/v1/verifications';

export interface Gate {
  readonly keys: OperatorKeys;
  readonly mostBodyBytes: number;
  readonly requiresIdempotencyKey: boolean;
  readonly uploads: UploadsInFlight;
  readonly underWay: CasesUnderWay;
}

const operators = new WeakMap<FastifyRequest, string>();

/**
 * Fastify `onRequest` hook. What is refused here costs not one byte of the body; a Nest guard would
 * come too late, after the body was parsed.
 */
export function admission(gate: Gate) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { url = '', method } = request.routeOptions;
    if (!url.startsWith(PROTECTED)) return;
    operators.set(request, recognise(gate.keys, request.headers['x-api-key']));
    if (method === 'POST') checkIdempotencyKey(request, gate);
    if (url === SUBMISSION && method === 'POST') admitUpload(request, reply, gate);
  };
}

function recognise(keys: OperatorKeys, key: string | string[] | undefined): string {
  const operatorId = typeof key === 'string' ? keys.operatorOf(key) : undefined;
  if (!operatorId) throw refusal('INTAKE.OPERATOR_UNAUTHENTICATED');
  return operatorId;
}

function checkIdempotencyKey(request: FastifyRequest, { requiresIdempotencyKey }: Gate): void {
  const key = idempotencyKeyOf(request);
  if (key === undefined && requiresIdempotencyKey) throw refusal('INTAKE.IDEMPOTENCY_KEY_MISSING');
}

function admitUpload(request: FastifyRequest, reply: FastifyReply, gate: Gate): void {
  const { headers } = request;
  const isMultipart = /^multipart\/form-data\s*(;|$)/i.test(headers['content-type'] ?? '');
  if (!isMultipart) throw refusal('INTAKE.MEDIA_TYPE_UNSUPPORTED');
  // A body without a length may become as large as any.
  const announcedBytes = Number(headers['content-length'] ?? gate.mostBodyBytes);
  if (announcedBytes > gate.mostBodyBytes) throw refusal('INTAKE.BODY_TOO_LARGE');
  if (!gate.underWay.enter()) throw refusal('INTAKE.OVERLOADED');
  if (!gate.uploads.take(announcedBytes)) {
    gate.underWay.leave();
    throw refusal('INTAKE.BUSY');
  }
  issueTicket(request, reply.raw, () => {
    gate.uploads.giveBack(announcedBytes);
    gate.underWay.leave();
  });
}

/** The operator whose key was recognised. On a path that admission does not guard, nobody is. */
export const CallingOperator = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  return operatorOf(context.switchToHttp().getRequest<FastifyRequest>());
});

export function operatorOf(request: FastifyRequest): string {
  const operatorId = operators.get(request);
  if (!operatorId) throw refusal('INTAKE.OPERATOR_UNAUTHENTICATED');
  return operatorId;
}
