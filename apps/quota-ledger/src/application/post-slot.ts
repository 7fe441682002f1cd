import { SlotPostedV1, type PayloadOf, type SimActivatedV1 } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { decideActivation } from '../domain/activation.js';
import { activatedWithoutGrant, noSlotAtActivation, reservationNotSeen } from '../domain/errors.js';
import { SlotBook } from './ports.js';
import { ReserveSlot } from './reserve-slot.js';

type Activation = Pick<PayloadOf<typeof SimActivatedV1>, 'caseId' | 'subjectRef'>;

@Injectable()
export class PostSlot {
  constructor(
    @Inject(SlotBook) private readonly book: SlotBook,
    @Inject(ReserveSlot) private readonly reserveSlot: ReserveSlot,
  ) {}

  /** Second phase (Q2): the held slot becomes a registered SIM. */
  async forActivation(tx: Transaction, activation: Activation): Promise<void> {
    if (await this.post(tx, activation.caseId)) return;
    const decision = decideActivation(await this.book.historyOf(tx, activation.caseId));
    switch (decision.kind) {
      case 'posted-before':
        return;
      case 'take-again':
        return this.takeAgain(tx, activation, decision.round);
      case 'wait':
        throw reservationNotSeen();
      case 'never-granted':
        throw activatedWithoutGrant();
    }
  }

  private async post(tx: Transaction, caseId: string): Promise<boolean> {
    const posted = await this.book.post(tx, caseId);
    if (posted) tx.emit(SlotPostedV1, posted);
    return posted !== undefined;
  }

  /** Says only "posted": a second "reserved" would read as a new approval of a case that is over. */
  private async takeAgain(tx: Transaction, activation: Activation, round: number): Promise<void> {
    const { caseId, subjectRef } = activation;
    const verdict = await this.reserveSlot.reserve(tx, {
      reservationId: uuidV7(),
      caseId,
      subjectRef,
      round,
    });
    if (verdict.kind === 'refused') throw noSlotAtActivation(verdict.cap);
    await this.post(tx, caseId);
  }
}
