import { UnitOfWork, type DeliveryContext } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { refusal } from '../domain/errors.js';
import type { Fact } from '../domain/facts.js';
import { AdvanceCase, type DecidedCase } from './advance-case.js';
import { CaseStore } from './ports.js';

@Injectable()
export class RecordFact {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(CaseStore) private readonly cases: CaseStore,
    @Inject(AdvanceCase) private readonly step: AdvanceCase,
  ) {}

  async record(delivery: DeliveryContext, caseId: string, fact: Fact): Promise<void> {
    let decided: DecidedCase | undefined;
    await this.unitOfWork.once(delivery, async (tx) => {
      const current = await this.cases.lock(tx, caseId);
      if (!current) throw refusal('INTAKE.CASE_UNKNOWN');
      decided = await this.step.advance(tx, current, fact, delivery.envelope.timeline);
    });
    if (decided) this.step.report(decided);
  }
}
