import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { PARKED_CASES, type ParkedCases } from './ports.js';

const AT_ONCE = 256;

/**
 * Forgets parked cases at their deadline. Nobody is told: the intake ends the case at the same instant by
 * its own clock, and from then on ignores what anybody says about it.
 */
@Injectable()
export class GiveUpOverdueCases {
  constructor(
    @Inject(PARKED_CASES) private readonly parkedCases: ParkedCases,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async execute(): Promise<void> {
    const caseIds = await this.parkedCases.removeOverdue(AT_ONCE);
    for (const caseId of caseIds) this.logger.warn('parked case given up at its deadline', { caseId });
  }
}
