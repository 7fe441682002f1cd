import { ConsumeEverything, TellUnrecorded, type RecordedEvent } from '@absah/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { LogStore } from '../application/ports.js';
import { RecordEvents } from '../application/record-events.js';

@Controller()
export class AuditConsumer {
  constructor(
    @Inject(RecordEvents) private readonly recordEvents: RecordEvents,
    @Inject(LogStore) private readonly log: Pick<LogStore, 'unrecorded'>,
  ) {}

  /** Nobody waits for the log, so it gathers longer than others: one transaction for many events. */
  @ConsumeEverything({ maxBatch: 512, maxWaitMs: 250 })
  async onEvents(@Payload() batch: readonly RecordedEvent[]): Promise<void> {
    await this.recordEvents.record(batch);
  }

  /** Who announced them keeps them until they are in the log (A1). */
  @TellUnrecorded()
  async unrecorded(@Payload() messageIds: readonly string[]): Promise<readonly string[]> {
    return this.log.unrecorded(messageIds);
  }
}
