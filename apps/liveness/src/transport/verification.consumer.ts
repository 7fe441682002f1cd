import { VerificationSubmittedV1 } from '@absah/contracts';
import { Consume, type DeliveryContext } from '@absah/messaging';
import { Controller, Inject, type Type } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { AssessCapture } from '../application/assess-capture.js';
import type { Submitted } from '../application/fetch-capture.js';

// With the bus's back-off the last try comes after the time limit of the picture, so trouble that lasts
// ends in a retake and not in a case that waits for ever.
const MAX_DELIVERIES = 10;

/** A class per configuration, because Nest reads decorators and not instances. */
export function verificationConsumer(concurrency: number): Type {
  @Controller()
  class VerificationConsumer {
    constructor(@Inject(AssessCapture) private readonly assessCapture: AssessCapture) {}

    @Consume(VerificationSubmittedV1, { concurrency, maxDeliveries: MAX_DELIVERIES })
    async onSubmitted(@Payload() submitted: Submitted, @Ctx() delivery: DeliveryContext): Promise<void> {
      await this.assessCapture.execute(submitted, delivery);
    }
  }
  return VerificationConsumer;
}
