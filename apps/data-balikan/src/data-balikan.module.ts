import { IDENTITY_KEYS_BY_ID, PersonKeysModule } from '@absah/person-keys';
import { Module } from '@nestjs/common';
import { FEEDBACK_RECORDS, FEEDBACK_REGISTRY } from './application/ports.js';
import { RecordRegistration } from './application/record-registration.js';
import { SealedRows } from './application/sealed-rows.js';
import { SendDueRecords } from './application/send-due-records.js';
import { SendSignal } from './application/send-signal.js';
import { FeedbackRecordRepository } from './persistence/feedback-record.repository.js';
import { WebServiceDriver } from './registry/web-service-driver.js';
import { FeedbackSender } from './transport/feedback.sender.js';
import { SimActivatedConsumer } from './transport/sim-activated.consumer.js';

@Module({
  imports: [PersonKeysModule.forService(IDENTITY_KEYS_BY_ID)],
  controllers: [SimActivatedConsumer],
  providers: [
    FeedbackSender,
    RecordRegistration,
    SealedRows,
    SendDueRecords,
    SendSignal,
    { provide: FEEDBACK_RECORDS, useClass: FeedbackRecordRepository },
    { provide: FEEDBACK_REGISTRY, useClass: WebServiceDriver },
  ],
})
export class DataBalikanModule {}
