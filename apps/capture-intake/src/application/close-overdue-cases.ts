import type { Clock } from '@absah/domain-kit';
import { UnitOfWork, type Transaction } from '@absah/messaging';
import { CLOCK } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { VerificationCase } from '../domain/verification-case.js';
import { AdvanceCase, type DecidedCase } from './advance-case.js';
import { CaseStore } from './ports.js';

/** Small enough that no transaction holds its row locks for long after an outage. */
const BATCH = 100;

/** Moves on every case whose status ran out of time: nothing else does once nobody speaks of a case any more. */
@Injectable()
export class CloseOverdueCases {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(AdvanceCase) private readonly step: AdvanceCase,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** Returns how many it moved. */
  async run(): Promise<number> {
    let moved = 0;
    for (let count = BATCH; count === BATCH; moved += count) {
      const batch = await this.closeBatch();
      for (const decided of batch) this.step.report(decided);
      count = batch.length;
    }
    return moved;
  }

  private async closeBatch(): Promise<readonly DecidedCase[]> {
    return this.unitOfWork.run(async (tx) => {
      const decided: DecidedCase[] = [];
      for (const overdue of await this.cases.lockOverdue(tx, this.clock.now(), BATCH)) {
        const closed = await this.close(tx, overdue);
        if (closed) decided.push(closed);
      }
      return decided;
    });
  }

  /** Within a savepoint: one case that cannot be closed must not keep all others open. */
  private async close(tx: Transaction, overdue: VerificationCase): Promise<DecidedCase | undefined> {
    try {
      return await tx.manager.transaction(() => this.step.advance(tx, overdue, { kind: 'overdue' }));
    } catch (error) {
      this.logger.error('overdue case not closed', { caseId: overdue.admission.caseId, error });
      return undefined;
    }
  }
}
