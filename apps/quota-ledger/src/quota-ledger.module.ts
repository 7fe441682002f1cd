import { Module } from '@nestjs/common';
import { BookReader, CaseOwner, SlotBook } from './application/ports.js';
import { PostSlot } from './application/post-slot.js';
import { ReleaseSlot } from './application/release-slot.js';
import { ReserveSlot } from './application/reserve-slot.js';
import { ResolvePendingSlots } from './application/resolve-pending-slots.js';
import { PostgresBookReader } from './persistence/postgres-book-reader.js';
import { PostgresSlotBook } from './persistence/postgres-slot-book.js';
import { BooksResponder } from './transport/books.responder.js';
import { CaptureIntake } from './transport/capture-intake.js';
import { ExpiryTimer } from './transport/expiry-timer.js';
import { PolicyKeeper } from './transport/policy-keeper.js';
import { QuotaConsumer } from './transport/quota.consumer.js';

@Module({
  controllers: [QuotaConsumer, BooksResponder],
  providers: [
    { provide: SlotBook, useClass: PostgresSlotBook },
    { provide: BookReader, useClass: PostgresBookReader },
    { provide: CaseOwner, useClass: CaptureIntake },
    ReserveSlot,
    PostSlot,
    ReleaseSlot,
    ResolvePendingSlots,
    PolicyKeeper,
    ExpiryTimer,
  ],
})
export class QuotaLedgerModule {}
