import { ConsumeEverything, type RecordedEvent } from '@absah/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { RecordEvents } from '../application/record-events.js';

@Controller()
export class AuditConsumer {
  constructor(@Inject(RecordEvents) private readonly recordEvents: RecordEvents) {}

  /** Nobody waits for the log, so it gathers longer than others: one transaction for many events. */
  @ConsumeEverything({ maxBatch: 512, maxWaitMs: 250 })
  async onEvents(@Payload() batch: readonly RecordedEvent[]): Promise<void> {
    await this.recordEvents.record(batch);
  }
}
