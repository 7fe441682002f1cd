import {
  CaptureAttackSuspectedV1,
  CaptureRetakeRequestedV1,
  FaceLostV1,
  IdentityMatchedV1,
  IdentityMismatchedV1,
  IdentityParkedV1,
  IdentityRefusedV1,
  SlotRefusedV1,
  SlotReleasedV1,
  SlotReservedV1,
  type PayloadOf,
} from '@absah/contracts';
import { Consume, type DeliveryContext } from '@absah/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { RecordFact } from '../application/record-fact.js';

/** Translates what other services announce into facts about a case. */
@Controller()
export class CaseFactsConsumer {
  constructor(@Inject(RecordFact) private readonly facts: RecordFact) {}

  @Consume(CaptureRetakeRequestedV1)
  async retakeRequested(
    @Payload() { caseId, reasons }: PayloadOf<typeof CaptureRetakeRequestedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.facts.record(delivery, caseId, { kind: 'retake-requested', reasons });
  }

  @Consume(CaptureAttackSuspectedV1)
  async attackSuspected(
    @Payload() { caseId, suspicion }: PayloadOf<typeof CaptureAttackSuspectedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.facts.record(delivery, caseId, { kind: 'attack-suspected', ...(suspicion && { suspicion }) });
  }

  @Consume(FaceLostV1)
  async faceLost(
    @Payload() { caseId, reasons }: PayloadOf<typeof FaceLostV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.facts.record(delivery, caseId, { kind: 'face-lost', reasons });
  }

  @Consume(IdentityMismatchedV1)
  async mismatched(
    @Payload() { caseId, matchScore }: PayloadOf<typeof IdentityMismatchedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.facts.record(delivery, caseId, { kind: 'mismatched', matchScore });
  }

  @Consume(IdentityRefusedV1)
  async refused(
    @Payload() { caseId, reason }: PayloadOf<typeof IdentityRefusedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.facts.record(delivery, caseId, { kind: 'refused', reason });
  }

  @Consume(IdentityParkedV1)
  async parked(
    @Payload() { caseId }: PayloadOf<typeof IdentityParkedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.facts.record(delivery, caseId, { kind: 'parked' });
  }

  @Consume(IdentityMatchedV1)
  async matched(
    @Payload() { caseId, matchScore }: PayloadOf<typeof IdentityMatchedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.facts.record(delivery, caseId, { kind: 'matched', matchScore });
  }

  @Consume(SlotReservedV1)
  async slotReserved(
    @Payload() { caseId, reservationId, expiresAt }: PayloadOf<typeof SlotReservedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    const reserved = { kind: 'slot-reserved', reservationId, expiresAt: new Date(expiresAt) } as const;
    await this.facts.record(delivery, caseId, reserved);
  }

  @Consume(SlotRefusedV1)
  async slotRefused(
    @Payload() { caseId }: PayloadOf<typeof SlotRefusedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.facts.record(delivery, caseId, { kind: 'slot-refused' });
  }

  @Consume(SlotReleasedV1)
  async slotReleased(
    @Payload() { caseId, reservationId }: PayloadOf<typeof SlotReleasedV1>,
    @Ctx() delivery: DeliveryContext,
  ): Promise<void> {
    await this.facts.record(delivery, caseId, { kind: 'slot-released', reservationId });
  }
}
