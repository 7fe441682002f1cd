import { finished } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** As much as Node may swallow after an answer to keep the connection in use. */
const WORTH_SWALLOWING_BYTES = 64 * 1024;
const LINGER_MS = 2_000;

/**
 * Fastify `onSend` hook. An answer that comes while a large body is still arriving ends the connection,
 * but not at once: closing on unread data resets it, and the client would see a broken pipe instead of
 * the answer (RFC 9112, 9.6). So the answer goes out, what still arrives is dropped for a moment, and
 * then the connection closes.
 */
export async function closeAfterAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (typeof payload !== 'string' || !isWorthCutting(request)) return payload;
  void reply.header('connection', 'close').header('content-length', Buffer.byteLength(payload));
  return Readable.from(answerAndLinger(request.raw, payload));
}

function isWorthCutting({ raw, headers }: FastifyRequest): boolean {
  if (raw.complete) return false;
  const announced = headers['content-length'];
  return announced === undefined
    ? 'transfer-encoding' in headers
    : Number(announced) > WORTH_SWALLOWING_BYTES;
}

async function* answerAndLinger(body: FastifyRequest['raw'], answer: string): AsyncGenerator<string> {
  yield answer;
  const patience = new AbortController();
  body.resume();
  await Promise.race([
    finished(body, { writable: false }).catch(() => undefined),
    sleep(LINGER_MS, undefined, { signal: patience.signal }).catch(() => undefined),
  ]);
  patience.abort();
}
