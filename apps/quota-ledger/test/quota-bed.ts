import { randomBytes } from 'node:crypto';
import { IdentityMatchedV1, SimActivatedV1, type EventContract, type PayloadOf } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { brokerPermissions } from '@absah/messaging';
import { startService, type RunningService } from '@absah/service-kit';
import { createTestDatabase, startTestNats, waitFor } from '@absah/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/nats-core';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { quotaLedgerService } from '../src/quota-ledger.service.js';

const PASSWORD = 'test-only';
const silent = { write: () => undefined };

interface Heard {
  readonly messageId: string;
  readonly subject: string;
  readonly payload: { readonly caseId: string } & Record<string, unknown>;
}

/** A database and a broker of their own, any number of replicas, and an ear for what they announce. */
export class QuotaBed {
  private readonly replicas: RunningService[] = [];
  readonly heard: Heard[] = [];

  private constructor(
    readonly database: DataSource,
    readonly connection: NatsConnection,
    private readonly env: Readonly<Record<string, string>>,
    private readonly releases: readonly (() => Promise<unknown>)[],
  ) {}

  static async open(): Promise<QuotaBed> {
    const [testDatabase, nats] = await Promise.all([
      createTestDatabase(),
      startTestNats([
        { user: 'quota-ledger', password: PASSWORD, ...brokerPermissions('quota-ledger') },
        { user: 'test', password: PASSWORD },
      ]),
    ]);
    const database = await new DataSource({ type: 'postgres', url: testDatabase.url }).initialize();
    const connection = await connect({ servers: nats.url, user: 'test', pass: PASSWORD });
    const env = {
      DATABASE_URL: testDatabase.url,
      NATS_URL: nats.url,
      NATS_USER: 'quota-ledger',
      NATS_PASSWORD: PASSWORD,
    };
    const releases = [
      () => connection.close(),
      () => database.destroy(),
      () => testDatabase.drop(),
      () => nats.stop(),
    ];
    const bed = new QuotaBed(database, connection, env, releases);
    bed.listen();
    return bed;
  }

  async startReplica(env: Readonly<Record<string, string>> = {}): Promise<RunningService> {
    const started = await startService(
      quotaLedgerService,
      { ...this.env, ...env },
      { logDestination: silent },
    );
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

  async publish<C extends EventContract>(contract: C, payload: PayloadOf<C>): Promise<void> {
    const envelope = headers();
    envelope.set('Nats-Msg-Id', uuidV7());
    envelope.set('Absah-Occurred-At', new Date().toISOString());
    await jetstream(this.connection).publish(contract.subject, JSON.stringify(payload), {
      headers: envelope,
    });
  }

  async match(caseId: string, subjectRef: string): Promise<void> {
    await this.publish(IdentityMatchedV1, { caseId, subjectRef, transactionId: uuidV7(), matchScore: 0.97 });
  }

  async activate(caseId: string, subjectRef: string): Promise<void> {
    await this.publish(SimActivatedV1, {
      caseId,
      subjectRef,
      operatorId: 'operator-a',
      sealedNik: 'c2VhbGVk',
      sealedMsisdn: 'c2VhbGVk',
      activatedAt: new Date().toISOString(),
    });
  }

  /** Waits for the announcement of a case. */
  async hears(contract: EventContract, caseId: string): Promise<Heard['payload']> {
    const find = () =>
      this.heard.find((event) => event.subject === contract.subject && event.payload.caseId === caseId);
    return (await waitFor(find, { description: `${contract.name} of the case` })).payload;
  }

  countHeard(contract: EventContract): number {
    return this.heard.filter((event) => event.subject === contract.subject).length;
  }

  async rows<Row>(sql: string, ...parameters: unknown[]): Promise<Row[]> {
    return this.database.query<Row[]>(sql, parameters);
  }

  /** The broker forgets what was acknowledged: at the next start everything is delivered again. */
  async forgetAcknowledgements(): Promise<void> {
    const manager = await jetstreamManager(this.connection);
    for (const name of consumersOf('quota-ledger')) await manager.consumers.delete('EVENTS', name);
  }

  async everythingAcknowledged(): Promise<void> {
    const manager = await jetstreamManager(this.connection);
    const settled = async (name: string) => {
      const info = await manager.consumers.info('EVENTS', name);
      return info.num_pending === 0 && info.num_ack_pending === 0;
    };
    const all = async () => (await Promise.all(consumersOf('quota-ledger').map(settled))).every(Boolean);
    await waitFor(all, { description: 'every message to be acknowledged' });
  }

  /** A second delivery proves that the first was handed back. */
  async deliveredTwice(contract: EventContract): Promise<void> {
    const manager = await jetstreamManager(this.connection);
    const twice = async () => {
      const { delivered } = await manager.consumers.info('EVENTS', `quota-ledger-${contract.name}`);
      return delivered.consumer_seq > delivered.stream_seq;
    };
    await waitFor(twice, { description: `${contract.name} to be delivered again` });
  }

  private listen(): void {
    this.connection.subscribe('evt.quota.>', {
      callback: (_error, message) => {
        const messageId = message.headers?.get('Nats-Msg-Id') ?? '';
        // A relay may publish a row twice; only the stream drops the repetition, a plain subscriber hears it.
        if (this.heard.some((event) => event.messageId === messageId)) return;
        this.heard.push({ messageId, subject: message.subject, payload: message.json<Heard['payload']>() });
      },
    });
  }
}

function consumersOf(service: string): string[] {
  return [IdentityMatchedV1, SimActivatedV1].map((contract) => `${service}-${contract.name}`);
}

export function newSubjectRef(): string {
  return randomBytes(32).toString('hex');
}
