import { FaceExtractedV1, type PayloadOf } from '@absah/contracts';
import { Consume, type DeliveryContext } from '@absah/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { VerifyIdentity } from '../application/verify-identity.js';

/**
 * More than the guards let through or make wait, so that somebody is always there to park the next case
 * at once: behind hanging questions nothing may queue unseen in the stream (V9).
 */
const CASES_AT_ONCE = 160;

@Controller()
export class FaceExtractedConsumer {
  constructor(@Inject(VerifyIdentity) private readonly verifyIdentity: VerifyIdentity) {}

  @Consume(FaceExtractedV1, { concurrency: CASES_AT_ONCE })
  async verify(
    @Payload() { captureId: _, decideBy, ...identity }: PayloadOf<typeof FaceExtractedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.verifyIdentity.execute({ ...identity, decideBy: new Date(decideBy) }, delivery);
  }
}
