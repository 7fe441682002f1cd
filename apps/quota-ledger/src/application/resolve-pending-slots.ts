import { SlotPostedV1, SlotReleasedV1 } from '@absah/contracts';
import { UnitOfWork, type Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { CaseOwner, SlotBook, type CaseOutlook } from './ports.js';

/** What one question may name; and no transaction holds its row locks for long after an outage. */
const BATCH = 200;

export interface Resolved {
  readonly freed: number;
  readonly posted: number;
}

@Injectable()
export class ResolvePendingSlots {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SlotBook) private readonly book: SlotBook,
    @Inject(CaseOwner) private readonly owner: CaseOwner,
  ) {}

  /**
   * Frees the slots of cases that ended without a SIM (Q2). Time alone frees none: an activation that
   * the intake accepted may be on its way for as long as a broker can be away, and whoever got its slot
   * meanwhile would be one too many (Q1). So the owner of the cases is asked, and what it calls active
   * is posted at once.
   */
  async run(): Promise<Resolved> {
    const total = { freed: 0, posted: 0 };
    let claimed: readonly string[];
    do {
      claimed = await this.book.claimUnchecked(BATCH);
      const { freed, posted } = await this.resolve(claimed);
      total.freed += freed;
      total.posted += posted;
    } while (claimed.length === BATCH);
    return total;
  }

  private async resolve(caseIds: readonly string[]): Promise<Resolved> {
    if (caseIds.length === 0) return { freed: 0, posted: 0 };
    const outlook = await this.owner.outlook(caseIds);
    return this.unitOfWork.run(async (tx) => ({
      posted: await this.post(tx, outlook),
      freed: await this.free(tx, outlook),
    }));
  }

  private async post(tx: Transaction, { activated }: CaseOutlook): Promise<number> {
    if (activated.length === 0) return 0;
    const posted = await this.book.post(tx, activated);
    for (const slot of posted) tx.emit(SlotPostedV1, slot, threadOf(slot));
    return posted.length;
  }

  private async free(tx: Transaction, { over }: CaseOutlook): Promise<number> {
    if (over.length === 0) return 0;
    const freed = await this.book.freePending(tx, over);
    for (const { slotNumber: _, ...slot } of freed) tx.emit(SlotReleasedV1, slot, threadOf(slot));
    return freed.length;
  }
}

/** No delivery caused this, so the case's thread is taken up by its id. */
function threadOf({ caseId }: { readonly caseId: string }): { readonly correlationId: string } {
  return { correlationId: caseId };
}
