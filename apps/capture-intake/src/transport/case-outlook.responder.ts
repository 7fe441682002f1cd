import { CaseOutlookV1, type PayloadOf, type ReplyOf } from '@absah/contracts';
import { Answer } from '@absah/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { ReadCaseOutlooks } from '../application/read-case-outlooks.js';

@Controller()
export class CaseOutlookResponder {
  constructor(@Inject(ReadCaseOutlooks) private readonly outlooks: ReadCaseOutlooks) {}

  @Answer(CaseOutlookV1)
  outlook(@Payload() { caseIds }: PayloadOf<typeof CaseOutlookV1>): Promise<ReplyOf<typeof CaseOutlookV1>> {
    return this.outlooks.read(caseIds);
  }
}
