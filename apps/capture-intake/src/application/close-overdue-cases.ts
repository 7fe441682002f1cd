import type { Clock } from '@absah/domain-kit';
import { UnitOfWork } from '@absah/messaging';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { CaptureIntakeConfig } from '../config.js';
import { AdvanceCase, type DecidedCase } from './advance-case.js';
import { CaseStore } from './ports.js';

/** Small enough that no transaction holds its row locks for long after an outage. */
const BATCH = 100;

@Injectable()
export class CloseStaleCases {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(AdvanceCase) private readonly step: AdvanceCase,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_CONFIG) private readonly config: CaptureIntakeConfig,
  ) {}

  /** The last resort for a case whose message was buried elsewhere. Returns how many it closed. */
  async run(): Promise<number> {
    const quietSince = new Date(this.clock.now().getTime() - this.config.PROCESSING_LIMIT_MS);
    let closed = 0;
    for (let count = BATCH; count === BATCH; closed += count) {
      const batch = await this.closeBatch(quietSince);
      for (const decided of batch) this.step.report(decided);
      count = batch.length;
    }
    return closed;
  }

  private async closeBatch(quietSince: Date): Promise<readonly DecidedCase[]> {
    return this.unitOfWork.run(async (tx) => {
      const decided: DecidedCase[] = [];
      for (const stale of await this.cases.lockStale(tx, quietSince, BATCH)) {
        const closed = await this.step.advance(tx, stale, { kind: 'timed-out' }, []);
        if (closed) decided.push(closed);
      }
      return decided;
    });
  }
}
