import type { Clock } from '@absah/domain-kit';
import { CLOCK } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { CASE_OWNER, PARKED_CASES, type CaseOwner, type ClaimedCase, type ParkedCases } from './ports.js';

/** An answer takes milliseconds; whoever waited longer would slow the drain down. */
const PATIENCE_MS = 500;
/** Not asked for so long after a silence, so that an absent intake costs the drain a tenth of its time at most. */
const REST_MS = 5_000;

/**
 * Forgets claimed cases that ended while they were parked: cancelled at the counter, say. The registry is not
 * asked about a person whom nobody verifies any more (G5). Without an answer all of them go on.
 */
@Injectable()
export class DropEndedCases {
  private askAgainAt = 0;

  constructor(
    @Inject(CASE_OWNER) private readonly owner: CaseOwner,
    @Inject(PARKED_CASES) private readonly parkedCases: ParkedCases,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** The cases that are still open, or may be. */
  async execute(claimed: readonly ClaimedCase[]): Promise<readonly ClaimedCase[]> {
    const over = new Set(await this.overOf(claimed.map(({ caseId }) => caseId)));
    if (over.size === 0) return claimed;
    await this.parkedCases.remove([...over]);
    for (const caseId of over) this.logger.info('parked case was over', { caseId });
    return claimed.filter(({ caseId }) => !over.has(caseId));
  }

  private async overOf(caseIds: readonly string[]): Promise<readonly string[]> {
    if (caseIds.length === 0 || this.clock.now().getTime() < this.askAgainAt) return [];
    try {
      return await this.owner.over(caseIds, PATIENCE_MS);
    } catch (error) {
      this.askAgainAt = this.clock.now().getTime() + REST_MS;
      this.logger.warn('not known which parked cases are over', { error });
      return [];
    }
  }
}
