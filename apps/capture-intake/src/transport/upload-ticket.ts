import { finished, type Writable } from 'node:stream';
import type { FastifyRequest } from 'fastify';

/** What a request occupies while it arrives and is stored, but not while it waits for its decision. */
const tickets = new WeakMap<FastifyRequest, () => void>();

/** Ends with the answer or the connection at the latest. */
export function issueTicket(request: FastifyRequest, answer: Writable, giveBack: () => void): void {
  let isHeld = true;
  const release = (): void => {
    if (isHeld) giveBack();
    isHeld = false;
  };
  tickets.set(request, release);
  // Also called when the end has come already.
  finished(answer, release);
}

export function releaseTicket(request: FastifyRequest): void {
  tickets.get(request)?.();
}
