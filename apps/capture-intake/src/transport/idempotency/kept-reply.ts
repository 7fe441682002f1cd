import type { FastifyReply } from 'fastify';
import type { KeptReply } from '../../application/idempotency.js';

/** What the handlers of this API say beside status and body. */
const KEPT_HEADERS = ['location', 'retry-after', 'preference-applied'] as const;

export function keptFrom(reply: FastifyReply, body: unknown): KeptReply {
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = reply.getHeader(name);
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return { status: reply.statusCode, headers: Object.fromEntries(headers), body };
}

/** Returns the body for the framework to send. */
export function giveReply(reply: FastifyReply, { status, headers, body }: KeptReply): unknown {
  for (const name of KEPT_HEADERS) reply.removeHeader(name);
  void reply.status(status).headers(headers);
  return body;
}
