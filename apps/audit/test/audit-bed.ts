import { EVENTS, type EventContract } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { brokerPermissions } from '@absah/messaging';
import { startService, type RunningService } from '@absah/service-kit';
import { createTestDatabase, startTestNats, waitFor } from '@absah/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/nats-core';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { auditService } from '../src/audit.service.js';
import { sampleOf } from './sample-events.js';

const PASSWORD = 'test-only';
const AUDITOR_KEY = 'auditor-test-key';

/** Of everything that is published here. */
export const OCCURRED_AT = '2026-07-01T00:00:00.000Z';

export interface Published {
  readonly messageId: string;
  readonly subject: string;
  readonly payload: string;
}

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

/** A database and a broker of their own, and any number of replicas of the audit service. */
export class AuditBed {
  private readonly replicas: RunningService[] = [];
  readonly logLines: string[] = [];

  private constructor(
    readonly database: DataSource,
    private readonly connection: NatsConnection,
    private readonly env: Readonly<Record<string, string>>,
    private readonly releases: readonly (() => Promise<unknown>)[],
  ) {}

  static async open(): Promise<AuditBed> {
    const [testDatabase, nats] = await Promise.all([
      createTestDatabase(),
      startTestNats([
        { user: 'audit', password: PASSWORD, ...brokerPermissions('audit') },
        { user: 'test', password: PASSWORD },
      ]),
    ]);
    const database = await new DataSource({ type: 'postgres', url: testDatabase.url }).initialize();
    const connection = await connect({ servers: nats.url, user: 'test', pass: PASSWORD });
    const env = {
      DATABASE_URL: testDatabase.url,
      NATS_URL: nats.url,
      NATS_USER: 'audit',
      NATS_PASSWORD: PASSWORD,
      AUDITOR_KEY,
    };
    const releases = [
      () => connection.close(),
      () => database.destroy(),
      () => testDatabase.drop(),
      () => nats.stop(),
    ];
    return new AuditBed(database, connection, env, releases);
  }

  async startReplica(): Promise<RunningService> {
    const write = (line: string) => void this.logLines.push(line);
    const started = await startService(auditService, this.env, { logDestination: { write } });
    this.replicas.push(started);
    return started;
  }

  async stopReplicas(): Promise<void> {
    await Promise.all(this.replicas.splice(0).map((replica) => replica.close()));
  }

  async close(): Promise<void> {
    await this.stopReplicas();
    for (const release of this.releases) await release();
  }

  /** Everything that can happen to one case, each event once. */
  async publishCase(caseId = uuidV7()): Promise<Published[]> {
    const events = EVENTS.map((contract: EventContract) => ({
      messageId: uuidV7(),
      subject: contract.subject,
      payload: JSON.stringify(sampleOf(contract, caseId)),
    }));
    for (const event of events) await this.publish(event);
    return events;
  }

  async publish({ messageId, subject, payload }: Published): Promise<void> {
    const envelope = headers();
    envelope.set('Nats-Msg-Id', messageId);
    envelope.set('Absah-Occurred-At', OCCURRED_AT);
    await jetstream(this.connection).publish(subject, payload, { headers: envelope });
  }

  /** The broker loses everything: streams, acknowledgements, and the memory of what was published. */
  async wipeBroker(): Promise<void> {
    await (await jetstreamManager(this.connection)).streams.delete('EVENTS');
  }

  async everythingAcknowledged(): Promise<void> {
    const manager = await jetstreamManager(this.connection);
    const settled = async () => {
      const info = await manager.consumers.info('EVENTS', 'audit-everything');
      return info.num_pending === 0 && info.num_ack_pending === 0;
    };
    await waitFor(settled, { description: 'every event to be acknowledged' });
  }

  async recorded(count: number): Promise<EntryRow[]> {
    const find = async () => {
      const rows = await this.entries();
      return rows.length >= count && rows;
    };
    return waitFor(find, { description: `${count} entries in the log` });
  }

  async entries(): Promise<EntryRow[]> {
    return this.database.query<EntryRow[]>('SELECT * FROM log_entries ORDER BY position');
  }

  async get(path: string, key: string | undefined = AUDITOR_KEY): Promise<{ status: number; body: unknown }> {
    const [replica] = this.replicas;
    const response = await fetch(`${replica?.url}${path}`, {
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    });
    return { status: response.status, body: await response.json() };
  }

  async getWithoutKey(path: string): Promise<{ status: number; challenge: string | null; body: unknown }> {
    const response = await fetch(`${this.replicas[0]?.url}${path}`);
    return {
      status: response.status,
      challenge: response.headers.get('www-authenticate'),
      body: await response.json(),
    };
  }
}
