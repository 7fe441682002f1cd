import { UnitOfWork, type DeliveryContext } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { FEEDBACK_RECORDS, type DueRecord, type FeedbackRecords } from './ports.js';
import { SendSignal } from './send-signal.js';

/** A SIM was activated: the registry is owed a record of who holds it. */
@Injectable()
export class RecordRegistration {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(FEEDBACK_RECORDS) private readonly records: FeedbackRecords,
    @Inject(SendSignal) private readonly signal: SendSignal,
  ) {}

  async execute(record: DueRecord, delivery: DeliveryContext): Promise<void> {
    await this.unitOfWork.once(delivery, (tx) => this.records.addDue(tx, record));
    this.signal.raise();
  }
}
