import { Inject, Injectable } from '@nestjs/common';
import { refusal } from '../domain/errors.js';
import type { VerificationCase } from '../domain/verification-case.js';
import { CaseStore } from './ports.js';

@Injectable()
export class ReadVerification {
  constructor(@Inject(CaseStore) private readonly cases: CaseStore) {}

  async read(caseId: string, operatorId: string): Promise<VerificationCase> {
    const found = await this.cases.find(caseId, operatorId);
    if (!found) throw refusal('INTAKE.VERIFICATION_UNKNOWN');
    return found;
  }
}
