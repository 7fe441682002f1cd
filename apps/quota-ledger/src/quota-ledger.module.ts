import { Module } from '@nestjs/common';
import { SlotBook } from './application/ports.js';
import { PostSlot } from './application/post-slot.js';
import { ReleaseExpiredSlots } from './application/release-expired-slots.js';
import { ReserveSlot } from './application/reserve-slot.js';
import { PostgresSlotBook } from './persistence/postgres-slot-book.js';
import { ExpiryTimer } from './transport/expiry-timer.js';
import { PolicyKeeper } from './transport/policy-keeper.js';
import { QuotaConsumer } from './transport/quota.consumer.js';

@Module({
  controllers: [QuotaConsumer],
  providers: [
    { provide: SlotBook, useClass: PostgresSlotBook },
    ReserveSlot,
    PostSlot,
    ReleaseExpiredSlots,
    PolicyKeeper,
    ExpiryTimer,
  ],
})
export class QuotaLedgerModule {}
