import type { PayloadOf, QueryContract, ReplyOf } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { currentTraceparent } from '@absah/telemetry';
import { headers, type Msg, type NatsConnection } from '@nats-io/nats-core';
import { HEADER } from './envelope.js';
import { wireError } from './query-wire.js';

const DEFAULT_TIMEOUT_MS = 2_000;

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
    const failed = wireError.safeParse(body);
    if (failed.success) {
      const { kind, code, message } = failed.data.error;
      throw new ServiceError(kind, code, message);
    }
    const reply = contract.reply.safeParse(body);
    if (!reply.success) {
      throw new ServiceError('internal', 'MESSAGING.REPLY_INVALID', `reply breaks ${contract.name}`);
    }
    return reply.data as ReplyOf<Q>;
  }

  private async request(contract: QueryContract, payload: unknown, timeout: number): Promise<Msg> {
    const traceparent = currentTraceparent();
    const requestHeaders = headers();
    if (traceparent) requestHeaders.set(HEADER.traceparent, traceparent);
    try {
      return await this.connection.request(contract.subject, JSON.stringify(payload), {
        timeout,
        headers: requestHeaders,
      });
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
}

function parseJson(answer: Msg): unknown {
  try {
    return answer.json();
  } catch {
    return undefined;
  }
}
