import { Inject, Injectable } from '@nestjs/common';
import { outlookOf, type CaseOutlook } from '../domain/case-outlook.js';
import { CaseStore } from './ports.js';

@Injectable()
export class ReadCaseOutlooks {
  constructor(@Inject(CaseStore) private readonly cases: CaseStore) {}

  async read(caseIds: readonly string[]): Promise<Readonly<Record<'activated' | 'over', string[]>>> {
    const statuses = await this.cases.statusesOf(caseIds);
    const those = (outlook: CaseOutlook) =>
      statuses.filter(({ status }) => outlookOf(status) === outlook).map(({ caseId }) => caseId);
    return { activated: those('activated'), over: those('over') };
  }
}
