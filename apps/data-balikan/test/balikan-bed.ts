import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { EVENT_STREAM, SimActivatedV1, type EventContract, type PayloadOf } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { brokerPermissions } from '@absah/messaging';
import { Sealer, sealText } from '@absah/sealing';
import { startService, type RunningService } from '@absah/service-kit';
import { createTestDatabase, startTestNats, waitFor } from '@absah/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers, nanos, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { dataBalikanService } from '../src/data-balikan.service.js';

const PASSWORD = 'test-only';
const DURABLE = 'data-balikan-SimActivatedV1';
const WINDOW_MS = 2 * 60_000;
const SHORT_WINDOW_MS = 100;

interface Heard {
  readonly messageId: string;
  readonly subject: string;
  readonly correlationId: string;
  readonly payload: { readonly caseId: string } & Record<string, unknown>;
}

type Activation = PayloadOf<typeof SimActivatedV1>;

/** Around data-balikan: a database, a broker with its permissions, and an ear. */
export class BalikanBed {
  readonly heard: Heard[] = [];
  readonly logLines: string[] = [];
  private readonly identityKey = randomBytes(32);
  private readonly replicas: RunningService[] = [];

  private constructor(
    private readonly registryUrl: string,
    readonly database: DataSource,
    private readonly connection: NatsConnection,
    private readonly surroundings: Readonly<Record<string, string>>,
    private readonly releases: readonly (() => Promise<unknown>)[],
  ) {}

  static async open(registryUrl: string): Promise<BalikanBed> {
    const testDatabase = await createTestDatabase();
    const nats = await startTestNats([
      { user: 'data-balikan', password: PASSWORD, ...brokerPermissions('data-balikan') },
      { user: 'test', password: PASSWORD },
    ]);
    const database = await new DataSource({ type: 'postgres', url: testDatabase.url }).initialize();
    const connection = await connect({ servers: nats.url, user: 'test', pass: PASSWORD });
    const surroundings = {
      DATABASE_URL: testDatabase.url,
      NATS_URL: nats.url,
      NATS_USER: 'data-balikan',
      NATS_PASSWORD: PASSWORD,
    };
    const releases = [
      () => connection.close(),
      () => database.destroy(),
      () => testDatabase.drop(),
      () => nats.stop(),
    ];
    const bed = new BalikanBed(registryUrl, database, connection, surroundings, releases);
    bed.listen();
    return bed;
  }

  async startReplica(env: Readonly<Record<string, string>> = {}): Promise<RunningService> {
    const settings = {
      ...this.surroundings,
      IDENTITY_KEY: this.identityKey.toString('base64'),
      BALIKAN_URL: this.registryUrl,
      BALIKAN_TOKEN: 'balikan-token',
      INSTITUTION_CODE: '990001',
      INSTITUTION_NAME: 'CONTOH SELULER',
      SWEEP_INTERVAL_MS: '50',
      RETRY_FIRST_DELAY_MS: '100',
      RETRY_LONGEST_DELAY_MS: '300',
      ...env,
    };
    const logDestination = { write: (line: string) => void this.logLines.push(line) };
    const replica = await startService(dataBalikanService, settings, { logDestination });
    this.replicas.push(replica);
    return replica;
  }

  async stopReplicas(): Promise<void> {
    await Promise.all(this.replicas.splice(0).map((replica) => replica.close()));
  }

  async close(): Promise<void> {
    await this.stopReplicas();
    for (const release of this.releases) await release();
  }

  activation(nik: string, msisdn: string): Activation {
    const caseId = uuidV7();
    const identities = new Sealer('identity', this.identityKey);
    return {
      caseId,
      operatorId: 'operator-a',
      subjectRef: randomBytes(32).toString('hex'),
      sealedNik: sealText(identities, nik, caseId),
      sealedMsisdn: sealText(identities, msisdn, caseId),
      activatedAt: new Date().toISOString(),
    };
  }

  async publish(payload: Activation, messageId: string = uuidV7()): Promise<void> {
    const envelope = headers();
    envelope.set('Nats-Msg-Id', messageId);
    envelope.set('Absah-Correlation-Id', payload.caseId);
    envelope.set('Absah-Occurred-At', new Date().toISOString());
    await jetstream(this.connection).publish(SimActivatedV1.subject, JSON.stringify(payload), {
      headers: envelope,
    });
  }

  async activate(nik: string, msisdn: string): Promise<Activation> {
    const payload = this.activation(nik, msisdn);
    await this.publish(payload);
    return payload;
  }

  /** The same message twice in the stream, which the broker's duplicate window would else prevent. */
  async publishTwice(payload: Activation): Promise<void> {
    const manager = await jetstreamManager(this.connection);
    const setWindow = (ms: number) => manager.streams.update(EVENT_STREAM, { duplicate_window: nanos(ms) });
    const messageId = uuidV7();
    await setWindow(SHORT_WINDOW_MS);
    await this.publish(payload, messageId);
    await sleep(SHORT_WINDOW_MS * 2);
    await this.publish(payload, messageId);
    await setWindow(WINDOW_MS);
  }

  async everythingAcknowledged(): Promise<void> {
    const manager = await jetstreamManager(this.connection);
    const settled = async () => {
      const { num_pending, num_ack_pending } = await manager.consumers.info(EVENT_STREAM, DURABLE);
      return num_pending + num_ack_pending === 0;
    };
    await waitFor(settled, { description: 'every message to be acknowledged' });
  }

  async hears<C extends EventContract>(contract: C, caseId: string): Promise<PayloadOf<C>> {
    const find = () =>
      this.heard.find((event) => event.subject === contract.subject && event.payload.caseId === caseId);
    const event = await waitFor(find, { description: `${contract.name} of the case`, timeoutMs: 15_000 });
    return event.payload as PayloadOf<C>;
  }

  namesHeard(caseId: string): string[] {
    return this.heard.filter((event) => event.payload.caseId === caseId).map((event) => event.subject);
  }

  async record(caseId: string): Promise<Record<string, unknown>> {
    const rows: Record<string, unknown>[] = await this.database.query(
      'SELECT * FROM feedback_records WHERE case_id = $1',
      [caseId],
    );
    if (rows.length !== 1) throw new Error(`${rows.length} records for one case`);
    return rows[0]!;
  }

  async triedInVain(caseId: string): Promise<void> {
    const tried = async () => {
      const rows: { attempts: number }[] = await this.database.query(
        `SELECT attempts FROM feedback_records WHERE case_id = $1 AND status = 'due'`,
        [caseId],
      );
      return (rows[0]?.attempts ?? 0) >= 2;
    };
    await waitFor(tried, { description: 'two tries in vain', timeoutMs: 15_000 });
  }

  private listen(): void {
    this.connection.subscribe('evt.balikan.>', {
      callback: (_error, message) => {
        const messageId = message.headers?.get('Nats-Msg-Id') ?? '';
        // A relay may publish a row twice; only the stream drops the repetition, a plain subscriber hears it.
        if (this.heard.some((event) => event.messageId === messageId)) return;
        const correlationId = message.headers?.get('Absah-Correlation-Id') ?? '';
        this.heard.push({ messageId, subject: message.subject, correlationId, payload: message.json() });
      },
    });
  }
}
