import { AsyncResource } from 'node:async_hooks';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ConstantBackoff,
  DelegateBackoff,
  handleWhenResult,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
  type FailureReason,
} from 'cockatiel';
import type { IkdGatewayConfig } from '../config.js';
import { failsUs, mayBeRepeated, type ParkCause, type RegistryAnswer } from '../domain/registry-answer.js';
import { RetryBudget } from '../domain/retry-budget.js';

/** Each has its own share of the connections, so that neither a rush nor a backlog starves the other. */
export type Lane = 'new' | 'backlog';

export type Turn<T> =
  | { readonly kind: 'taken'; readonly result: T }
  /** The registry is not to be asked: the case is parked without a wait. */
  | { readonly kind: 'not-now'; readonly cause: ParkCause };

/** One question, put with a signal that ends it. */
export type Question = (signal: AbortSignal) => Promise<RegistryAnswer>;

interface Try {
  readonly answer: RegistryAnswer;
  /** 0 for the first. */
  readonly number: number;
}

interface Outage {
  readonly cause: ParkCause;
  /** On the monotonic clock: when one question may find out whether it is over. */
  readonly probeAt: number;
}

const SECOND_TRY_DELAY_MS = 50;

/**
 * Everything that stands between a case and the registry (G4): a bulkhead per lane, one time limit over
 * both tries, a budget for second tries, and this replica's memory of whether the registry answers.
 */
@Injectable()
export class RegistryGuards {
  /** Parked cases that may be asked about at the same time. */
  readonly backlogConnections: number;
  private readonly lanes;
  private readonly breaker;
  private readonly policies;
  private readonly budget: RetryBudget;
  private outage: Outage | undefined;

  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: IkdGatewayConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {
    this.backlogConnections = shareOf(config.REGISTRY_CONNECTIONS, config.BACKLOG_PERCENT);
    this.lanes = {
      new: bulkhead(config.REGISTRY_CONNECTIONS - this.backlogConnections, config.REGISTRY_QUEUE),
      backlog: bulkhead(this.backlogConnections),
    };
    this.budget = new RetryBudget(config.RETRY_BUDGET_PERCENT / 100);
    this.breaker = this.makeBreaker();
    const limit = timeout(config.REGISTRY_TIMEOUT_MS, TimeoutStrategy.Cooperative);
    this.policies = {
      new: wrap(limit, this.makeRetry(), this.breaker),
      // A parked case has its own back-off.
      backlog: wrap(limit, this.breaker),
    };
  }

  /** `probe`: one question may find out whether the registry is back. */
  get backlog(): 'flows' | 'probe' | 'stands' {
    if (this.breaker.state === CircuitState.Closed) return 'flows';
    return this.isTimeToProbe() ? 'probe' : 'stands';
  }

  /** Does `work` within the lane's share of the registry, or says at once that it cannot be done now. */
  async take<T>(lane: Lane, work: () => Promise<T>): Promise<Turn<T>> {
    if (!this.isOpenTo(lane)) return this.notNow();
    const queuedAt = performance.now();
    const inTurn = async (): Promise<Turn<T>> => {
      if (!this.isOpenTo(lane)) return this.notNow();
      if (performance.now() - queuedAt > this.config.REGISTRY_QUEUE_WAIT_MS) return BUSY;
      return { kind: 'taken', result: await work() };
    };
    try {
      // Whose turn comes is called by the one before it, and must not carry on in that one's trace.
      return await this.lanes[lane].execute(AsyncResource.bind(inTurn));
    } catch (error) {
      if (error instanceof BulkheadRejectedError) return BUSY;
      throw error;
    }
  }

  /** Undefined when the circuit opened between `take` and the question. */
  async ask(lane: Lane, question: Question): Promise<RegistryAnswer | undefined> {
    // The library would let it wait for the outcome of the probe that is out.
    if (this.breaker.state === CircuitState.HalfOpen) return undefined;
    if (lane === 'new') this.budget.earn();
    let last: RegistryAnswer | undefined;
    try {
      await this.policies[lane].execute(async ({ signal, ...context }): Promise<Try> => {
        last = await question(signal);
        return { answer: last, number: 'attempt' in context ? context.attempt : 0 };
      });
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
    }
    return last;
  }

  private makeRetry() {
    const again = handleWhenResult((result) => {
      const { answer, number } = result as Try;
      return number === 0 && mayBeRepeated(answer) && this.budget.spend();
    });
    return retry(again, { maxAttempts: 1, backoff: new ConstantBackoff(SECOND_TRY_DELAY_MS) });
  }

  private makeBreaker() {
    const breaker = circuitBreaker(
      handleWhenResult((result) => failsUs((result as Try).answer)),
      {
        breaker: new ConsecutiveBreaker(this.config.CIRCUIT_UNANSWERED),
        halfOpenAfter: new DelegateBackoff(({ result }: { readonly result: FailureReason<unknown> }) =>
          this.leaveAlone(result),
        ),
      },
    );
    breaker.onReset(() => {
      this.outage = undefined;
      this.logger.info('registry answers again');
    });
    return breaker;
  }

  /** Milliseconds until it is asked again: at least as long as it wants. */
  private leaveAlone(failure: FailureReason<unknown>): number {
    const answer = 'value' in failure ? (failure.value as Try).answer : undefined;
    const { cause, retryAfterMs = 0 } = answer?.kind === 'unavailable' ? answer : UNREACHABLE;
    const forMs = Math.max(this.config.CIRCUIT_OPEN_MS, retryAfterMs);
    if (!this.outage) this.logger.warn('registry left alone', { reason: cause, delayMs: forMs });
    this.outage = { cause, probeAt: performance.now() + forMs };
    return forMs;
  }

  /** A new case never probes: its person waits, those of the backlog do not. */
  private isOpenTo(lane: Lane): boolean {
    if (this.breaker.state === CircuitState.Closed) return true;
    return lane === 'backlog' && this.isTimeToProbe();
  }

  private isTimeToProbe(): boolean {
    const { state } = this.breaker;
    return state === CircuitState.Open && performance.now() >= (this.outage?.probeAt ?? 0);
  }

  private notNow(): Turn<never> {
    return { kind: 'not-now', cause: this.outage?.cause ?? 'unreachable' };
  }
}

/** At least one, and never all. */
function shareOf(connections: number, percent: number): number {
  return Math.min(connections - 1, Math.max(1, Math.round((connections * percent) / 100)));
}

const BUSY: Turn<never> = { kind: 'not-now', cause: 'busy' };
const UNREACHABLE = { cause: 'unreachable', retryAfterMs: 0 } as const;
