import type { Clock } from '@absah/domain-kit';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { CaptureIntakeConfig } from '../config.js';
import { AdaptiveLimit } from '../domain/adaptive-limit.js';

/**
 * A case of which nothing was heard for so long gives its place back: its decision passed unheard, or a service is
 * away. Until then the places bound how many pile up before that service.
 */
const PATIENCE_MS = 30_000;

/**
 * What this replica admitted and nobody decided yet. Work that is accepted has to be finished in time,
 * so what goes beyond the limit is refused before it costs anything.
 */
@Injectable()
export class CasesUnderWay {
  /** In the order of admission. */
  readonly #admittedAt = new Map<string, number>();
  readonly #limit: AdaptiveLimit;
  /** Requests that were let in and are not cases yet. */
  #arriving = 0;

  constructor(
    @Inject(SERVICE_CONFIG)
    config: Pick<
      CaptureIntakeConfig,
      'DECISION_TARGET_MS' | 'LEAST_CASES_UNDER_WAY' | 'MOST_CASES_UNDER_WAY'
    >,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#limit = new AdaptiveLimit({
      targetMs: config.DECISION_TARGET_MS,
      least: config.LEAST_CASES_UNDER_WAY,
      most: config.MOST_CASES_UNDER_WAY,
    });
  }

  get count(): number {
    return this.#arriving + this.#admittedAt.size;
  }

  /** Takes a place for a request; false when there is none. Give it back with `leave`. */
  enter(): boolean {
    this.giveUpLate();
    if (this.count >= this.#limit.current) return false;
    this.#arriving += 1;
    return true;
  }

  leave(): void {
    this.#arriving -= 1;
  }

  /** Call it before the case is committed, or a quick decision passes unheard. */
  opened(caseId: string): void {
    this.#admittedAt.set(caseId, this.now());
  }

  /** It was not stored after all. */
  dropped(caseId: string): void {
    this.#admittedAt.delete(caseId);
  }

  decided(caseId: string): void {
    const admittedAt = this.#admittedAt.get(caseId);
    if (admittedAt === undefined) return;
    this.#limit.observe({ admittedAt, decidedAt: this.now(), underWay: this.count });
    this.#admittedAt.delete(caseId);
  }

  private giveUpLate(): void {
    const now = this.now();
    for (const [caseId, admittedAt] of this.#admittedAt) {
      if (now - admittedAt < PATIENCE_MS) return;
      this.#admittedAt.delete(caseId);
    }
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
