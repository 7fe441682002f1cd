import { SlotReleasedV1 } from '@absah/contracts';
import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { deregisteredWithoutSlot, reservationNotSeen, slotInMotion } from '../domain/errors.js';
import { decideDeregistration } from '../domain/transfer.js';
import { SlotBook } from './ports.js';
import { PostSlot } from './post-slot.js';

@Injectable()
export class ReleaseSlot {
  constructor(
    @Inject(SlotBook) private readonly book: SlotBook,
    @Inject(PostSlot) private readonly postSlot: PostSlot,
  ) {}

  /** A deregistered SIM gives its slot back (Q2), also when the message of its activation is still behind. */
  async forDeregistration(tx: Transaction, caseId: string): Promise<void> {
    if (await this.release(tx, caseId)) return;
    const history = await this.book.historyOf(tx, caseId);
    switch (decideDeregistration(history)) {
      case 'released-before':
        return;
      case 'post-first':
        await this.postSlot.forActivation(tx, caseId);
        if (!(await this.release(tx, caseId))) throw slotInMotion();
        return;
      case 'wait':
        throw history.length === 0 ? reservationNotSeen() : slotInMotion();
      case 'never-held':
        throw deregisteredWithoutSlot();
    }
  }

  private async release(tx: Transaction, caseId: string): Promise<boolean> {
    const released = await this.book.releasePosted(tx, caseId);
    if (!released) return false;
    const { subjectRef, reservationId } = released;
    tx.emit(SlotReleasedV1, { caseId, subjectRef, reservationId, cause: 'deregistered' });
    return true;
  }
}
