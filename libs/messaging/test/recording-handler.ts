import { ConsumeEverything, TellUnrecorded, type RecordedEvent } from '@absah/messaging';
import { Controller, Inject, type Type } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { DataSource } from 'typeorm';

/** A consumer of everything with a record of its own, as the audit log has. */
export function recordingHandler(): Type {
  @Controller()
  class RecordingHandler {
    constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

    @ConsumeEverything()
    async handle(@Payload() batch: readonly RecordedEvent[]): Promise<void> {
      await this.dataSource.query('INSERT INTO recorded SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
        batch.map(({ messageId }) => messageId),
      ]);
    }

    @TellUnrecorded()
    async unrecorded(@Payload() messageIds: readonly string[]): Promise<readonly string[]> {
      const rows = await this.dataSource.query<{ id: string }[]>(
        'SELECT id FROM unnest($1::text[]) AS asked (id) WHERE id NOT IN (SELECT message_id FROM recorded)',
        [messageIds],
      );
      return rows.map(({ id }) => id);
    }
  }
  return RecordingHandler;
}
