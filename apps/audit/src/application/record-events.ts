import type { RecordedEvent } from '@absah/messaging';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { growLog } from '../domain/grow-log.js';
import { entryBytes } from '../domain/log-entry.js';
import { describeEvent } from './describe-event.js';
import { MERKLE } from './merkle.js';
import { LogStore, type PreparedEntry } from './ports.js';

@Injectable()
export class RecordEvents {
  constructor(
    @Inject(LogStore) private readonly store: LogStore,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** Appends what the log does not hold yet, in the order of arrival (A1). */
  async record(batch: readonly RecordedEvent[]): Promise<void> {
    // Parsed and hashed before the store locks out the other replicas.
    const prepared = batch.map((event) => this.prepare(event));
    const messageIds = batch.map((event) => event.messageId);
    await this.store.append(messageIds, (state) => growLog(MERKLE, state, prepared));
  }

  private prepare({ messageId, subject, payloadText, envelope }: RecordedEvent): PreparedEntry {
    const { caseId, subjectRef, keepsContract } = describeEvent(subject, payloadText);
    if (!keepsContract) this.logger.warn('event breaks its contract', { messageId, subject });
    const event = { messageId, subject, occurredAt: envelope.occurredAt, payload: Buffer.from(payloadText) };
    return { ...event, caseId, subjectRef, leafHash: MERKLE.leaf(entryBytes(event)) };
  }
}
