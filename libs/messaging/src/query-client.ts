import type { PayloadOf, QueryContract, ReplyOf } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { currentTraceparent } from '@absah/telemetry';
import { headers, RequestError, type Msg, type NatsConnection } from '@nats-io/nats-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { HEADER } from './envelope.js';
import { wireError } from './query-wire.js';

const DEFAULT_TIMEOUT_MS = 2_000;
/** How soon somebody is looked for again whom a restart took away. */
const ABSENCE_POLL_MS = 100;

/** Asks another service for something that is needed now. */
export class QueryClient {
  constructor(private readonly connection: NatsConnection) {}

  /** Throws `unavailable` when nobody answers in time, or the answering service's own error. */
  async ask<Q extends QueryContract>(
    contract: Q,
    payload: PayloadOf<Q>,
    options: { readonly timeoutMs?: number } = {},
  ): Promise<ReplyOf<Q>> {
    const answer = await this.request(contract, payload, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const body = parseJson(answer);
    const reply = contract.reply.safeParse(body);
    if (reply.success) return reply.data as ReplyOf<Q>;
    const refused = wireError.safeParse(body);
    if (refused.success) {
      const { kind, code, message } = refused.data.error;
      throw new ServiceError(kind, code, message);
    }
    throw new ServiceError('internal', 'MESSAGING.REPLY_INVALID', `reply breaks ${contract.name}`);
  }

  private async request(contract: QueryContract, payload: unknown, timeout: number): Promise<Msg> {
    const traceparent = currentTraceparent();
    const requestHeaders = headers();
    if (traceparent) requestHeaders.set(HEADER.traceparent, traceparent);
    try {
      return await this.askUntil(performance.now() + timeout, (remaining) =>
        this.connection.request(contract.subject, JSON.stringify(payload), {
          timeout: remaining,
          headers: requestHeaders,
        }),
      );
    } catch (cause) {
      throw new ServiceError(
        'unavailable',
        'MESSAGING.NO_ANSWER',
        `${contract.owner} did not answer in time`,
        {
          details: { query: contract.name },
          nextStep: 'Try again; if it continues, look at the health of the answering service.',
          retryAfterSeconds: 1,
          cause,
        },
      );
    }
  }

  /** Asks again while nobody listens: whoever answers is being restarted, and this question was not taken. */
  private async askUntil(deadline: number, ask: (remainingMs: number) => Promise<Msg>): Promise<Msg> {
    try {
      return await ask(Math.max(1, deadline - performance.now()));
    } catch (error) {
      const isAbsent = error instanceof RequestError && error.isNoResponders();
      if (!isAbsent || performance.now() + ABSENCE_POLL_MS > deadline) throw error;
    }
    await sleep(ABSENCE_POLL_MS);
    return this.askUntil(deadline, ask);
  }
}

function parseJson(answer: Msg): unknown {
  try {
    return answer.json();
  } catch {
    return undefined;
  }
}
