import { UnitOfWork, type Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { refusal } from '../domain/errors.js';
import type { VerificationCase } from '../domain/verification-case.js';
import { CaseStore } from './ports.js';

@Injectable()
export class OwnCases {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(CaseStore) private readonly cases: CaseStore,
  ) {}

  /** An operator's turn on a case of its own. A case of another operator is as unknown as one that nobody has. */
  async turn<Result>(
    caseId: string,
    operatorId: string,
    work: (tx: Transaction, current: VerificationCase) => Promise<Result>,
  ): Promise<Result> {
    return this.unitOfWork.run(async (tx) => {
      const current = await this.cases.lock(tx, caseId);
      if (current?.admission.operatorId !== operatorId) throw refusal('INTAKE.VERIFICATION_UNKNOWN');
      return work(tx, current);
    });
  }
}
