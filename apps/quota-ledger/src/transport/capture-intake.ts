import { CaseOutlookV1 } from '@absah/contracts';
import { QueryClient } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { CaseOwner, type CaseOutlook } from '../application/ports.js';

/** Without an answer nothing is decided: the slots stay held and their cases are asked about later. */
@Injectable()
export class CaptureIntake extends CaseOwner {
  constructor(@Inject(QueryClient) private readonly queries: QueryClient) {
    super();
  }

  outlook(caseIds: readonly string[]): Promise<CaseOutlook> {
    return this.queries.ask(CaseOutlookV1, { caseIds: [...caseIds] });
  }
}
