import { Inject, Injectable } from '@nestjs/common';
import { refusal } from '../domain/errors.js';
import type { VerificationCase } from '../domain/verification-case.js';
import { AdvanceCase, type DecidedCase } from './advance-case.js';
import { keepNothing, type BeforeCommit } from './idempotency.js';
import { OwnCases } from './own-cases.js';

@Injectable()
export class CancelVerification {
  constructor(
    @Inject(OwnCases) private readonly ownCases: OwnCases,
    @Inject(AdvanceCase) private readonly step: AdvanceCase,
  ) {}

  /** Gives up a case that is not over, and with it the slot that it may hold. Asked twice, it answers the same. */
  async cancel(
    caseId: string,
    operatorId: string,
    beforeCommit: BeforeCommit<VerificationCase> = keepNothing,
  ): Promise<VerificationCase> {
    let decided: DecidedCase | undefined;
    const cancelled = await this.ownCases.turn(caseId, operatorId, async (tx, current) => {
      if (current.progress.status !== 'cancelled') {
        decided = await this.step.advance(tx, current, { kind: 'cancelled' });
        if (!decided) throw refusal('INTAKE.NOT_CANCELLABLE');
      }
      await beforeCommit(tx, decided ?? current);
      return decided ?? current;
    });
    if (decided) this.step.report(decided);
    return cancelled;
  }
}
