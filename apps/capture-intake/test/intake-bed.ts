import { createHash, randomBytes } from 'node:crypto';
import { CaptureStore } from '@absah/capture-store';
import {
  CAPTURE_STREAM,
  CaseDecidedV1,
  EVENT_STREAM,
  VerificationSubmittedV1,
  type EventContract,
  type PayloadOf,
  type VerificationView,
} from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { brokerPermissions } from '@absah/messaging';
import { Sealer } from '@absah/sealing';
import { startService, type RunningService } from '@absah/service-kit';
import { createTestDatabase, startTestNats, waitFor } from '@absah/testing';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { headers, nanos, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { captureIntakeService } from '../src/capture-intake.service.js';
import { IntakeClient } from './intake-client.js';

export type Submitted = PayloadOf<typeof VerificationSubmittedV1>;
export type Decided = PayloadOf<typeof CaseDecidedV1>;

const PASSWORD = 'of-this-test-only';
const OPERATOR_KEYS = { 'operator-a': 'key-of-a', 'operator-b': 'key-of-b' } as const;

/** A database and a broker of their own, replicas of the service, and a hand to play every other service. */
export class IntakeBed {
  private readonly replicas: RunningService[] = [];
  readonly logged: string[] = [];
  readonly submitted: Submitted[] = [];
  readonly decided: Decided[] = [];

  private constructor(
    readonly database: DataSource,
    readonly connection: NatsConnection,
    readonly captures: CaptureStore,
    private readonly manager: JetStreamManager,
    private readonly env: Readonly<Record<string, string>>,
    private readonly releases: readonly (() => Promise<unknown>)[],
  ) {}

  static async open(): Promise<IntakeBed> {
    const [testDatabase, nats] = await Promise.all([
      createTestDatabase(),
      startTestNats([
        { user: 'capture-intake', password: PASSWORD, ...brokerPermissions('capture-intake') },
        { user: 'test', password: PASSWORD },
      ]),
    ]);
    const database = await new DataSource({ type: 'postgres', url: testDatabase.url }).initialize();
    const connection = await connect({ servers: nats.url, user: 'test', pass: PASSWORD });
    const captureKey = randomBytes(32);
    const captures = await CaptureStore.open(connection, new Sealer('capture', captureKey));
    const env = {
      ...settings(captureKey),
      DATABASE_URL: testDatabase.url,
      NATS_URL: nats.url,
      NATS_USER: 'capture-intake',
      NATS_PASSWORD: PASSWORD,
    };
    const manager = await jetstreamManager(connection);
    const releases = [
      () => connection.close(),
      () => database.destroy(),
      () => testDatabase.drop(),
      () => nats.stop(),
    ];
    const bed = new IntakeBed(database, connection, captures, manager, env, releases);
    bed.listen();
    return bed;
  }

  async startReplica(env: Readonly<Record<string, string>> = {}): Promise<RunningService> {
    const started = await startService(
      captureIntakeService,
      { ...this.env, ...env },
      {
        logDestination: { write: (line) => this.logged.push(line) },
      },
    );
    this.replicas.push(started);
    return started;
  }

  /** A client of a new replica. */
  async startClient(env: Readonly<Record<string, string>> = {}): Promise<IntakeClient> {
    const { url } = await this.startReplica(env);
    return new IntakeClient(url, OPERATOR_KEYS['operator-a']);
  }

  async close(): Promise<void> {
    await this.stopReplicas().finally(() => this.release());
  }

  async stopReplicas(): Promise<void> {
    await Promise.all(this.replicas.splice(0).map((replica) => replica.close()));
  }

  /** All of it, whatever fails: a server left behind keeps the test run from ending. */
  private async release(): Promise<void> {
    for (const release of this.releases) await release().catch(() => undefined);
  }

  async publish<C extends EventContract>(
    contract: C,
    payload: PayloadOf<C>,
    { messageId = uuidV7(), timeline = '' } = {},
  ): Promise<void> {
    const envelope = headers();
    envelope.set('Nats-Msg-Id', messageId);
    envelope.set('Absah-Occurred-At', new Date().toISOString());
    envelope.set('Absah-Timeline', timeline);
    await this.manager.jetstream().publish(contract.subject, JSON.stringify(payload), { headers: envelope });
  }

  /** The broker would else drop the second of two messages with one id, and the inbox would go untested. */
  async forgetMessageIdsAfter(milliseconds: number): Promise<void> {
    await this.manager.streams.update(EVENT_STREAM, { duplicate_window: nanos(milliseconds) });
  }

  async streamed(contract: EventContract): Promise<number> {
    const { state } = await this.manager.streams.info(EVENT_STREAM, { subjects_filter: contract.subject });
    return state.subjects?.[contract.subject] ?? 0;
  }

  async submission(of: VerificationView): Promise<Submitted> {
    return waitFor(() => this.submitted.find(({ caseId }) => caseId === of.id), {
      description: 'the announcement of the case',
    });
  }

  decisionsOn(caseId: string): readonly Decided[] {
    return this.decided.filter((decision) => decision.caseId === caseId);
  }

  /** Everything a request could leave behind. */
  async traces(): Promise<{ cases: number; outbox: number; captures: number }> {
    const [cases, outbox] = await Promise.all([this.countOf('cases'), this.countOf('outbox')]);
    const { state } = await this.manager.streams.info(CAPTURE_STREAM);
    return { cases, outbox, captures: state.messages };
  }

  async countOf(table: 'cases' | 'outbox' | 'inbox' | 'dead_letters'): Promise<number> {
    const rows = await this.database.query<{ count: string }[]>(`SELECT count(*) FROM ${table}`);
    return Number(rows[0]?.count);
  }

  private listen(): void {
    const hear = <C extends EventContract>(contract: C, heard: PayloadOf<C>[]): void => {
      this.connection.subscribe(contract.subject, {
        callback: (_, message) => {
          heard.push(contract.payload.parse(message.json()) as PayloadOf<C>);
        },
      });
    };
    hear(VerificationSubmittedV1, this.submitted);
    hear(CaseDecidedV1, this.decided);
  }
}

function settings(captureKey: Uint8Array): Record<string, string> {
  const digests = Object.entries(OPERATOR_KEYS).map(([operatorId, key]) => [
    createHash('sha256').update(key).digest('hex'),
    operatorId,
  ]);
  return {
    API_KEYS: JSON.stringify(Object.fromEntries(digests)),
    CAPTURE_KEY: Buffer.from(captureKey).toString('base64'),
    IDENTITY_KEY: randomBytes(32).toString('base64'),
    PSEUDONYM_KEY: randomBytes(32).toString('base64'),
  };
}
