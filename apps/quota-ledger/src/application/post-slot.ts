import { SlotPostedV1 } from '@absah/contracts';
import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { activatedAfterItsEnd, activatedWithoutGrant, reservationNotSeen } from '../domain/errors.js';
import { decideActivation } from '../domain/transfer.js';
import { SlotBook } from './ports.js';

@Injectable()
export class PostSlot {
  constructor(@Inject(SlotBook) private readonly book: SlotBook) {}

  /** Second phase (Q2): the held slot becomes a registered SIM. */
  async forActivation(tx: Transaction, caseId: string): Promise<void> {
    const [posted] = await this.book.post(tx, [caseId]);
    if (posted) {
      tx.emit(SlotPostedV1, posted);
      return;
    }
    switch (decideActivation(await this.book.historyOf(tx, caseId))) {
      case 'posted-before':
        return;
      case 'wait':
        throw reservationNotSeen();
      case 'never-granted':
        throw activatedWithoutGrant();
      case 'given-away':
        throw activatedAfterItsEnd();
    }
  }
}
