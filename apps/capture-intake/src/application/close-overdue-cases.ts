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

interface Batch {
  readonly found: number;
  readonly closed: readonly DecidedCase[];
}

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

  /** Returns how many it moved. Each is tried once: those that cannot be closed keep no later one open. */
  async run(): Promise<number> {
    const stuck = new Set<string>();
    let moved = 0;
    for (let found = BATCH; found === BATCH;) {
      const batch = await this.closeBatch(stuck);
      for (const decided of batch.closed) this.step.report(decided);
      moved += batch.closed.length;
      found = batch.found;
    }
    return moved;
  }

  /** Adds to `stuck`, of which it tries none again. */
  private async closeBatch(stuck: Set<string>): Promise<Batch> {
    return this.unitOfWork.run(async (tx) => {
      const overdue = await this.cases.lockOverdue(tx, this.clock.now(), BATCH, [...stuck]);
      const closed: DecidedCase[] = [];
      for (const one of overdue) {
        const decided = await this.close(tx, one);
        if (decided) closed.push(decided);
        else stuck.add(one.admission.caseId);
      }
      return { found: overdue.length, closed };
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
