import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  EVENT_STREAM,
  FaceExtractedV1,
  SealedTemplateV1,
  type EventContract,
  type PayloadOf,
} from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { brokerPermissions } from '@absah/messaging';
import { Sealer, sealText } from '@absah/sealing';
import { startService, type RunningService } from '@absah/service-kit';
import { createTestDatabase, startTestNats, waitFor } from '@absah/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers, nanos, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { MODEL_CHAIN, type SandboxUnderTest } from '../../dukcapil-sandbox/test/sandbox-client.js';
import { ikdGatewayService } from '../src/ikd-gateway.service.js';

const PASSWORD = 'test-only';
const DURABLE = 'ikd-gateway-FaceExtractedV1';
const WINDOW_MS = 2 * 60_000;
const SHORT_WINDOW_MS = 100;

interface Heard {
  readonly messageId: string;
  readonly subject: string;
  readonly correlationId: string;
  readonly payload: { readonly caseId: string } & Record<string, unknown>;
}

/** Around the gateway: a database, a broker with its permissions, the owner of templates, and an ear. */
export class GatewayBed {
  readonly heard: Heard[] = [];
  readonly logLines: string[] = [];
  private readonly identityKey = randomBytes(32);
  private readonly templateKey = randomBytes(32);
  private readonly templates = new Map<string, string>();
  private readonly replicas: RunningService[] = [];
  private templatesAnswered = true;

  private constructor(
    readonly sandbox: SandboxUnderTest,
    readonly database: DataSource,
    private readonly connection: NatsConnection,
    private readonly surroundings: Readonly<Record<string, string>>,
    private readonly releases: readonly (() => Promise<unknown>)[],
  ) {}

  static async open(sandbox: SandboxUnderTest): Promise<GatewayBed> {
    const testDatabase = await createTestDatabase();
    const nats = await startTestNats([
      { user: 'ikd-gateway', password: PASSWORD, ...brokerPermissions('ikd-gateway') },
      { user: 'test', password: PASSWORD },
    ]);
    const database = await new DataSource({ type: 'postgres', url: testDatabase.url }).initialize();
    const connection = await connect({ servers: nats.url, user: 'test', pass: PASSWORD });
    const surroundings = {
      DATABASE_URL: testDatabase.url,
      NATS_URL: nats.url,
      NATS_USER: 'ikd-gateway',
      NATS_PASSWORD: PASSWORD,
    };
    const releases = [
      () => connection.close(),
      () => database.destroy(),
      () => testDatabase.drop(),
      () => nats.stop(),
    ];
    const bed = new GatewayBed(sandbox, database, connection, surroundings, releases);
    bed.listen();
    bed.answerTemplates();
    return bed;
  }

  async startReplica(env: Readonly<Record<string, string>> = {}): Promise<RunningService> {
    const settings = {
      ...this.surroundings,
      IDENTITY_KEY: this.identityKey.toString('base64'),
      TEMPLATE_KEY: this.templateKey.toString('base64'),
      IKD_URL: this.sandbox.url(),
      IKD_USER: 'gateway',
      IKD_PASSWORD: 'gateway-password',
      REGISTRY_TIMEOUT_MS: '8000',
      PARK_FIRST_DELAY_MS: '100',
      PARK_LONGEST_DELAY_MS: '300',
      PARK_POLL_INTERVAL_MS: '50',
      CIRCUIT_OPEN_MS: '200',
      ...env,
    };
    const logDestination = { write: (line: string) => void this.logLines.push(line) };
    const replica = await startService(ikdGatewayService, settings, { logDestination });
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

  /** Says what template-extraction would say, and keeps the template for whoever may ask. */
  newCase(nik: string, template: Uint8Array): PayloadOf<typeof FaceExtractedV1> {
    const [caseId, templateId] = [uuidV7(), uuidV7()];
    const sealed = new Sealer('template', this.templateKey).seal(template, templateId);
    this.templates.set(templateId, Buffer.from(sealed).toString('base64'));
    return {
      caseId,
      templateId,
      captureId: uuidV7(),
      subjectRef: randomBytes(32).toString('hex'),
      sealedNik: sealText(new Sealer('identity', this.identityKey), nik, caseId),
      modelChain: MODEL_CHAIN,
    };
  }

  async publish(payload: PayloadOf<typeof FaceExtractedV1>, messageId: string = uuidV7()): Promise<void> {
    const envelope = headers();
    envelope.set('Nats-Msg-Id', messageId);
    envelope.set('Absah-Correlation-Id', payload.caseId);
    envelope.set('Absah-Occurred-At', new Date().toISOString());
    await jetstream(this.connection).publish(FaceExtractedV1.subject, JSON.stringify(payload), {
      headers: envelope,
    });
  }

  async verify(nik: string, template: Uint8Array): Promise<PayloadOf<typeof FaceExtractedV1>> {
    const payload = this.newCase(nik, template);
    await this.publish(payload);
    return payload;
  }

  /** The same message twice in the stream, which the broker's duplicate window would else prevent. */
  async publishTwice(payload: PayloadOf<typeof FaceExtractedV1>): Promise<void> {
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

  async hears<C extends EventContract>(
    contract: C,
    caseId: string,
    timeoutMs = 10_000,
  ): Promise<PayloadOf<C>> {
    const find = () => this.allHeard(contract, caseId)[0];
    const event = await waitFor(find, { description: `${contract.name} of the case`, timeoutMs });
    return event.payload as PayloadOf<C>;
  }

  allHeard(contract: EventContract, caseId: string): Heard[] {
    return this.heard.filter(
      (event) => event.subject === contract.subject && event.payload.caseId === caseId,
    );
  }

  namesHeard(caseId: string): string[] {
    return this.heard.filter((event) => event.payload.caseId === caseId).map((event) => event.subject);
  }

  async accesses(caseId: string): Promise<Record<string, unknown>[]> {
    return this.database.query('SELECT * FROM registry_accesses WHERE case_id = $1 ORDER BY accessed_at', [
      caseId,
    ]);
  }

  async parked(): Promise<Record<string, unknown>[]> {
    return this.database.query('SELECT * FROM parked_cases ORDER BY parked_at');
  }

  async deadLetters(): Promise<{ code: string }[]> {
    return this.database.query('SELECT code FROM dead_letters');
  }

  /** The owner of templates goes away and comes back. */
  withholdTemplates(withheld: boolean): void {
    this.templatesAnswered = !withheld;
  }

  private listen(): void {
    this.connection.subscribe('evt.ikd.>', {
      callback: (_error, message) => {
        const messageId = message.headers?.get('Nats-Msg-Id') ?? '';
        // A relay may publish a row twice; only the stream drops the repetition, a plain subscriber hears it.
        if (this.heard.some((event) => event.messageId === messageId)) return;
        const correlationId = message.headers?.get('Absah-Correlation-Id') ?? '';
        this.heard.push({ messageId, subject: message.subject, correlationId, payload: message.json() });
      },
    });
  }

  private answerTemplates(): void {
    this.connection.subscribe(SealedTemplateV1.subject, {
      callback: (_error, message) => {
        if (!this.templatesAnswered) return;
        const { templateId } = message.json<{ templateId: string }>();
        const sealed = this.templates.get(templateId);
        const reply = sealed ? { kind: 'found', sealed, modelChain: MODEL_CHAIN } : { kind: 'missing' };
        message.respond(JSON.stringify(reply));
      },
    });
  }
}
