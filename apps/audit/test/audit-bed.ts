import { EVENT_STREAM, EVENTS } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import type { RunningService } from '@absah/service-kit';
import { ServiceUnderTest, type SentEvent } from '@absah/test-bed';
import { sampleEvent, waitFor } from '@absah/testing';
import { auditService } from '../src/audit.service.js';

const AUDITOR_KEY = 'auditor-test-key';

/** Of everything that is published here. */
export const OCCURRED_AT = '2026-07-01T00:00:00.000Z';

export type Published = Pick<SentEvent, 'messageId' | 'subject' | 'payload'>;

export interface EntryRow {
  readonly position: string;
  readonly message_id: string;
  readonly subject: string;
  readonly case_id: string | null;
  readonly subject_ref: string | null;
  readonly occurred_at: string;
  readonly payload: Buffer;
  readonly leaf_hash: Buffer;
}

/** Replicas of the audit service, everything that can happen to a case, and an auditor who asks about it. */
export class AuditBed {
  private url = '';

  private constructor(readonly service: ServiceUnderTest) {}

  static async open(): Promise<AuditBed> {
    return new AuditBed(await ServiceUnderTest.prepare(auditService, { AUDITOR_KEY }));
  }

  async startReplica(): Promise<RunningService> {
    const replica = await this.service.startReplica();
    this.url = replica.url;
    return replica;
  }

  /** Everything that can happen to one case, each event once. */
  async publishCase(caseId = uuidV7()): Promise<Published[]> {
    const events = EVENTS.map((contract) => ({
      messageId: uuidV7(),
      subject: contract.subject,
      payload: JSON.stringify(sampleEvent(contract, { caseId })),
    }));
    for (const event of events) await this.publish(event);
    return events;
  }

  async publish(event: Published): Promise<void> {
    await this.service.bus.send({ ...event, occurredAt: OCCURRED_AT });
  }

  /** The broker loses everything: streams, acknowledgements, and the memory of what was published. */
  async wipeBroker(): Promise<void> {
    await this.service.bus.manager.streams.delete(EVENT_STREAM);
  }

  async recorded(count: number): Promise<EntryRow[]> {
    const find = async () => {
      const rows = await this.entries();
      return rows.length >= count && rows;
    };
    return waitFor(find, { description: `${count} entries in the log` });
  }

  async entries(): Promise<EntryRow[]> {
    return this.service.rows<EntryRow>('SELECT * FROM log_entries ORDER BY position');
  }

  async get(path: string, key: string | undefined = AUDITOR_KEY): Promise<{ status: number; body: unknown }> {
    const response = await fetch(this.url + path, {
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    });
    return { status: response.status, body: await response.json() };
  }

  async getWithoutKey(path: string): Promise<{ status: number; challenge: string | null; body: unknown }> {
    const response = await fetch(this.url + path);
    return {
      status: response.status,
      challenge: response.headers.get('www-authenticate'),
      body: await response.json(),
    };
  }
}
