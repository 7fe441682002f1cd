import { CaseDecidedV1 } from '@absah/contracts';
import { NATS_CONNECTION } from '@absah/messaging';
import { Logger } from '@absah/telemetry';
import type { Msg, NatsConnection, Subscription } from '@nats-io/nats-core';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CasesUnderWay } from '../application/cases-under-way.js';
import { DecisionWaiters } from '../application/decision-waiters.js';

/**
 * Wakes waiting requests, and counts what is decided. A plain subscription beside the stream: every replica hears every decision,
 * one that is missed costs a request its wait, and keeps a place until it counts as late.
 */
@Injectable()
export class DecidedCasesListener implements OnApplicationBootstrap, OnModuleDestroy {
  #subscription: Subscription | undefined;

  constructor(
    @Inject(NATS_CONNECTION) private readonly connection: NatsConnection,
    @Inject(DecisionWaiters) private readonly waiters: DecisionWaiters,
    @Inject(CasesUnderWay) private readonly underWay: CasesUnderWay,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#subscription = this.connection.subscribe(CaseDecidedV1.subject, {
      callback: (error, message) => {
        if (error) this.logger.warn('decisions are not heard, requests wait their full time', { error });
        else this.wake(message);
      },
    });
  }

  onModuleDestroy(): void {
    this.#subscription?.unsubscribe();
  }

  private wake(message: Msg): void {
    if (this.waiters.count === 0 && this.underWay.count === 0) return;
    const decided = CaseDecidedV1.payload.safeParse(jsonOf(message));
    if (decided.success) this.hear(decided.data.caseId);
    // Without the error, which would quote the message.
    else this.logger.warn('decision not readable, a request waits its full time');
  }

  private hear(caseId: string): void {
    this.underWay.decided(caseId);
    this.waiters.wake(caseId);
  }
}

/** Undefined when it is no JSON. What a callback throws ends the read loop of the whole connection. */
function jsonOf(message: Msg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}
