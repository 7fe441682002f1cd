import type { Clock } from '@absah/domain-kit';
import { UnitOfWork, type Transaction } from '@absah/messaging';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { IkdGatewayConfig } from '../config.js';
import {
  afterAnswer,
  afterAsking,
  allowance,
  slowStart,
  untilNext,
  type Pace,
  type PacePolicy,
} from '../domain/drain-pace.js';
import { AskRegistry, type Attempt } from './ask-registry.js';
import { DropEndedCases } from './drop-ended-cases.js';
import { emitDecision } from './emit-decision.js';
import { ACCESS_LOG, PARKED_CASES, type AccessLog, type ClaimedCase, type ParkedCases } from './ports.js';
import { RegistryGuards } from './registry-guards.js';
import { RetryDelay } from './retry-delay.js';

/** Asks again about parked cases, nearest deadline first, until each is decided (V9). */
@Injectable()
export class DrainParkedCases {
  private readonly policy: PacePolicy;
  /** Of this replica: each finds its own pace, and the registry sees their sum. */
  private pace: Pace;

  constructor(
    @Inject(AskRegistry) private readonly registry: AskRegistry,
    @Inject(RegistryGuards) private readonly guards: RegistryGuards,
    @Inject(DropEndedCases) private readonly dropEnded: DropEndedCases,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ACCESS_LOG) private readonly accesses: AccessLog,
    @Inject(PARKED_CASES) private readonly parkedCases: ParkedCases,
    @Inject(RetryDelay) private readonly delay: RetryDelay,
    @Inject(SERVICE_CONFIG) private readonly config: IkdGatewayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {
    this.policy = {
      startPerSecond: Math.min(config.DRAIN_START_PER_SECOND, config.DRAIN_TOP_PER_SECOND),
      topPerSecond: config.DRAIN_TOP_PER_SECOND,
      stepMs: config.DRAIN_STEP_MS,
      burst: guards.backlogConnections,
    };
    this.pace = slowStart(this.now(), this.policy);
  }

  /** One round. Milliseconds until the next one is worth it, or undefined when nothing is due. */
  async execute(): Promise<number | undefined> {
    const count = this.questionsNow();
    if (count === 0) return this.untilNext();
    const due = await this.parkedCases.claimDue(count, this.config.PARK_LEASE_MS);
    const open = await this.dropEnded.execute(due);
    this.pace = afterAsking(this.pace, open.length, this.now(), this.policy);
    await Promise.all(open.map((parked) => this.retry(parked)));
    // Those that were over left their turns to others.
    if (open.length < due.length) return 0;
    return due.length === count ? this.untilNext() : undefined;
  }

  private questionsNow(): number {
    const { backlog } = this.guards;
    if (backlog === 'flows') return allowance(this.pace, this.now(), this.policy);
    this.pace = slowStart(this.now(), this.policy);
    return backlog === 'probe' ? 1 : 0;
  }

  private untilNext(): number | undefined {
    return this.guards.backlog === 'flows' ? untilNext(this.pace, this.now(), this.policy) : undefined;
  }

  private async retry(parked: ClaimedCase): Promise<void> {
    try {
      const attempt = await this.registry.ask(parked, 'backlog');
      if (attempt.finding.kind === 'parked' && attempt.finding.unasked) {
        return await this.parkedCases.handBack(parked);
      }
      if (attempt.accesses.length > 0) this.learnFrom(attempt);
      await this.unitOfWork.run((tx) => this.conclude(tx, parked, attempt));
    } catch (error) {
      // The claim runs out, and the case is due again: a defect of ours must not lose it.
      this.logger.error('parked case could not be tried', {
        caseId: parked.caseId,
        attempt: parked.attempts,
        error,
      });
    }
  }

  private learnFrom({ finding }: Attempt): void {
    this.pace = afterAnswer(this.pace, finding.kind !== 'parked', this.now(), this.policy);
  }

  private async conclude(tx: Transaction, parked: ClaimedCase, attempt: Attempt): Promise<void> {
    const { finding, transactionId, accesses } = attempt;
    for (const access of accesses) await this.accesses.add(tx, parked, access);
    if (finding.kind === 'parked') {
      const delayMs = this.delay.after(parked.attempts + 1, finding.retryAfterMs);
      return this.parkedCases.postpone(tx, parked, finding.cause, delayMs);
    }
    if (await this.parkedCases.resolve(tx, parked)) emitDecision(tx, parked, transactionId, finding);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
