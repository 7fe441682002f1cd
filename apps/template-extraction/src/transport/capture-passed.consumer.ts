import { CapturePassedV1 } from '@absah/contracts';
import { Consume, type DeliveryContext } from '@absah/messaging';
import { Controller, Inject, type Type } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { ExtractTemplate, type Passed } from '../application/extract-template.js';

// With the bus's back-off the last try comes after the time limit of the face, so trouble that lasts ends
// in a retake and not in a case that waits for ever.
const MAX_DELIVERIES = 10;

/** A class per configuration, because Nest reads decorators and not instances. */
export function capturePassedConsumer(concurrency: number): Type {
  @Controller()
  class CapturePassedConsumer {
    constructor(@Inject(ExtractTemplate) private readonly extractTemplate: ExtractTemplate) {}

    @Consume(CapturePassedV1, { concurrency, maxDeliveries: MAX_DELIVERIES })
    async onPassed(@Payload() passed: Passed, @Ctx() delivery: DeliveryContext): Promise<void> {
      await this.extractTemplate.execute(passed, delivery);
    }
  }
  return CapturePassedConsumer;
}
