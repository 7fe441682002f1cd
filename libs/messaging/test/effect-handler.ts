import { CapturePassedV1, type PayloadOf } from '@absah/contracts';
import { Consume, UnitOfWork, type DeliveryContext } from '@absah/messaging';
import { Controller, Inject, type Type } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';

export interface EffectOptions {
  readonly concurrency?: number;
  readonly maxDeliveries?: number;
  readonly ackWaitMs?: number;
  /** Runs before the effect. */
  readonly before?: (delivery: DeliveryContext) => Promise<void>;
}

/** A consumer of template-extraction with one row as its effect, written once per message. */
export function effectHandler({ before, ...options }: EffectOptions = {}): Type {
  @Controller()
  class EffectHandler {
    constructor(@Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork) {}

    @Consume(CapturePassedV1, options)
    async handle(
      @Payload() payload: PayloadOf<typeof CapturePassedV1>,
      @Ctx() delivery: DeliveryContext,
    ): Promise<void> {
      await before?.(delivery);
      await this.unitOfWork.once(delivery, async (tx) => {
        await tx.manager.query('INSERT INTO effects (case_id) VALUES ($1)', [payload.caseId]);
      });
    }
  }
  return EffectHandler;
}
