import { SlotReleasedV1 } from '@absah/contracts';
import { UnitOfWork } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { SlotBook, type ResolvedSlot } from './ports.js';

/** Small enough that no transaction holds its row locks for long after an outage. */
const BATCH = 200;

@Injectable()
export class ReleaseExpiredSlots {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SlotBook) private readonly book: SlotBook,
  ) {}

  /** Frees every slot whose SIM was not activated in time (Q2) and returns how many there were. */
  async run(): Promise<number> {
    let released = 0;
    for (let count = BATCH; count === BATCH; released += count) count = (await this.releaseBatch()).length;
    return released;
  }

  private async releaseBatch(): Promise<readonly ResolvedSlot[]> {
    return this.unitOfWork.run(async (tx) => {
      const slots = await this.book.releaseExpired(tx, BATCH);
      for (const { caseId, subjectRef, reservationId } of slots) {
        // No delivery caused this, so the case's thread is taken up by its id.
        tx.emit(
          SlotReleasedV1,
          { caseId, subjectRef, reservationId, cause: 'expired' },
          { correlationId: caseId },
        );
      }
      return slots;
    });
  }
}
