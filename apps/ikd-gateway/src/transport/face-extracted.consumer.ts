import { FaceExtractedV1, type PayloadOf } from '@absah/contracts';
import { Consume, type DeliveryContext } from '@absah/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { VerifyIdentity } from '../application/verify-identity.js';

@Controller()
export class FaceExtractedConsumer {
  constructor(@Inject(VerifyIdentity) private readonly verifyIdentity: VerifyIdentity) {}

  @Consume(FaceExtractedV1)
  async verify(
    @Payload() { captureId: _, decideBy, ...identity }: PayloadOf<typeof FaceExtractedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.verifyIdentity.execute({ ...identity, decideBy: new Date(decideBy) }, delivery);
  }
}
