import { IdentityMatchedV1, SimActivatedV1, SimDeactivatedV1, type PayloadOf } from '@absah/contracts';
import { Consume, UnitOfWork, type DeliveryContext } from '@absah/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { PostSlot } from '../application/post-slot.js';
import { ReleaseSlot } from '../application/release-slot.js';
import { ReserveSlot } from '../application/reserve-slot.js';

/**
 * About half an hour of tries at the transport's back-off: long enough for a database fail-over,
 * and for a reservation whose relay was down when the SIM was activated.
 */
const PATIENT = { maxDeliveries: 64 };

@Controller()
export class QuotaConsumer {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ReserveSlot) private readonly reserveSlot: ReserveSlot,
    @Inject(PostSlot) private readonly postSlot: PostSlot,
    @Inject(ReleaseSlot) private readonly releaseSlot: ReleaseSlot,
  ) {}

  @Consume(IdentityMatchedV1, PATIENT)
  async onMatch(
    @Payload() match: PayloadOf<typeof IdentityMatchedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.unitOfWork.once(delivery, async (tx) => {
      await this.reserveSlot.forMatch(tx, match);
    });
  }

  @Consume(SimActivatedV1, PATIENT)
  async onActivation(
    @Payload() { caseId }: PayloadOf<typeof SimActivatedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.unitOfWork.once(delivery, (tx) => this.postSlot.forActivation(tx, caseId));
  }

  @Consume(SimDeactivatedV1, PATIENT)
  async onDeactivation(
    @Payload() { caseId }: PayloadOf<typeof SimDeactivatedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.unitOfWork.once(delivery, (tx) => this.releaseSlot.forDeregistration(tx, caseId));
  }
}
