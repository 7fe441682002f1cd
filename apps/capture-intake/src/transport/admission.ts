import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { refusal } from '../domain/errors.js';
import type { OperatorKeys } from './operator-keys.js';

const PROTECTED = '/v1/';
const SUBMISSION = '/v1/verifications';

const operators = new WeakMap<FastifyRequest, string>();

/**
 * Fastify `onRequest` hook. What is refused here costs not one byte of the body; a Nest guard would
 * come too late, after the body was parsed.
 */
export function admission(keys: OperatorKeys, mostBodyBytes: number) {
  return async (request: FastifyRequest): Promise<void> => {
    const { url = '', method } = request.routeOptions;
    if (!url.startsWith(PROTECTED)) return;
    operators.set(request, recognise(keys, request.headers['x-api-key']));
    if (url === SUBMISSION && method === 'POST') admitUpload(request, mostBodyBytes);
  };
}

function recognise(keys: OperatorKeys, key: string | string[] | undefined): string {
  const operatorId = typeof key === 'string' ? keys.operatorOf(key) : undefined;
  if (!operatorId) throw refusal('INTAKE.OPERATOR_UNAUTHENTICATED');
  return operatorId;
}

function admitUpload({ headers }: FastifyRequest, mostBodyBytes: number): void {
  const isMultipart = /^multipart\/form-data\s*(;|$)/i.test(headers['content-type'] ?? '');
  if (!isMultipart) throw refusal('INTAKE.MEDIA_TYPE_UNSUPPORTED');
  if (Number(headers['content-length'] ?? 0) > mostBodyBytes) throw refusal('INTAKE.BODY_TOO_LARGE');
}

/** The operator whose key was recognised. On a path that admission does not guard, nobody is. */
export const CallingOperator = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const operatorId = operators.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!operatorId) throw refusal('INTAKE.OPERATOR_UNAUTHENTICATED');
  return operatorId;
});
