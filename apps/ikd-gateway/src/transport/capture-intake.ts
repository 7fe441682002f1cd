import { CaseOutlookV1 } from '@absah/contracts';
import { QueryClient } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import type { CaseOwner } from '../application/ports.js';

@Injectable()
export class CaptureIntake implements CaseOwner {
  constructor(@Inject(QueryClient) private readonly queries: QueryClient) {}

  async over(caseIds: readonly string[], timeoutMs: number): Promise<readonly string[]> {
    const { over } = await this.queries.ask(CaseOutlookV1, { caseIds: [...caseIds] }, { timeoutMs });
    return over;
  }
}
