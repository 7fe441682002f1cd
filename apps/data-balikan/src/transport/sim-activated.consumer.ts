import { SimActivatedV1, type PayloadOf } from '@absah/contracts';
import { Consume, type DeliveryContext } from '@absah/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { RecordRegistration } from '../application/record-registration.js';

@Controller()
export class SimActivatedConsumer {
  constructor(@Inject(RecordRegistration) private readonly recordRegistration: RecordRegistration) {}

  @Consume(SimActivatedV1)
  async record(
    @Payload() { caseId, subjectRef, sealedNik, sealedMsisdn }: PayloadOf<typeof SimActivatedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.recordRegistration.execute({ caseId, subjectRef, sealedNik, sealedMsisdn }, delivery);
  }
}
