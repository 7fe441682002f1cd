import { applyDecorators, UseInterceptors, type NestInterceptor, type Type } from '@nestjs/common';
import { DescribesIdempotency } from '../../openapi/describe-idempotency.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/**
 * Every POST has it. Its handler takes `@RequestClaim()` and keeps the reply in its transaction. `readers`
 * go first: what they read of the body is what the key stands for.
 */
export function Idempotent(...readers: readonly Type<NestInterceptor>[]): MethodDecorator {
  return applyDecorators(UseInterceptors(...readers, IdempotencyInterceptor), DescribesIdempotency());
}
