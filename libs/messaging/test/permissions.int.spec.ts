import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CAPTURE_ACCESS,
  CAPTURE_STREAM,
  captureSubject,
  CapturePassedV1,
  CONSUMES,
  EVENT_STREAM,
  EVENTS,
  FaceExtractedV1,
  SealedTemplateV1,
  SERVICE_NAMES,
  VerificationSubmittedV1,
  type ServiceName,
} from '@absah/contracts';
import { brokerPermissions, connectNats, QueryClient } from '@absah/messaging';
import { createTestDatabase, startTestNats, waitFor, type TestDatabase } from '@absah/testing';
import { jetstreamManager, StorageType } from '@nats-io/jetstream';
import { headers, PermissionViolationError, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';
import { allHandlers } from './all-handlers.js';
import { capturePassed } from './capture-passed.builder.js';
import { startReplica, type Replica } from './harness.js';

const PASSWORD = 'a-password-of-this-test';
const OPERATOR = 'operator';

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let operator: NatsConnection;
const replicas = new Map<ServiceName, Replica>();
const connections = new Map<ServiceName, NatsConnection>();
const heard = new Set<string>();

beforeAll(async () => {
  const users = SERVICE_NAMES.map((user) => ({ user, password: PASSWORD, ...brokerPermissions(user) }));
  [database, nats] = await Promise.all([
    createTestDatabase(),
    startTestNats([...users, { user: OPERATOR, password: PASSWORD }]),
  ]);
  operator = await connect({ servers: nats.url, user: OPERATOR, pass: PASSWORD });
  await (
    await jetstreamManager(operator)
  ).streams.add({
    name: CAPTURE_STREAM,
    subjects: ['captures.>'],
    storage: StorageType.Memory,
    allow_direct: true,
  });
  for (const service of SERVICE_NAMES) {
    const handlers = allHandlers(service, (subject) => heard.add(`${service} ${subject}`));
    const place = { databaseUrl: database.url, natsUrl: nats.url, natsPassword: PASSWORD };
    replicas.set(service, await startReplica({ service, ...place, handlers }));
    connections.set(
      service,
      await connectNats({ url: nats.url, user: service, password: PASSWORD }, service),
    );
  }
}, 60_000);

afterAll(async () => {
  await Promise.all([...replicas.values()].map((replica) => replica.close()));
  await Promise.all([...connections.values(), operator].map((connection) => connection.close()));
  await nats.stop();
  await database.drop();
});

function connectionOf(service: ServiceName): NatsConnection {
  const connection = connections.get(service);
  if (!connection) throw new Error(`${service} is not connected`);
  return connection;
}

/** What the broker refused of `action`, as `publish <subject>` or `subscription <subject>`. */
async function refusals(
  service: ServiceName,
  action: (connection: NatsConnection) => void,
): Promise<string[]> {
  const connection = connectionOf(service);
  const refused: string[] = [];
  const status = connection.status();
  const listening = (async () => {
    for await (const event of status) {
      if (event.type === 'error' && event.error instanceof PermissionViolationError) {
        refused.push(`${event.error.operation} ${event.error.subject}`);
      }
    }
  })();
  action(connection);
  await connection.flush();
  (status as AsyncIterable<unknown> & { stop(): void }).stop();
  await listening;
  return refused;
}

function messageHeaders() {
  const own = headers();
  own.set('Nats-Msg-Id', randomUUID());
  own.set('Absah-Occurred-At', new Date().toISOString());
  return own;
}

async function streamSize(): Promise<number> {
  return (await (await jetstreamManager(operator)).streams.info(EVENT_STREAM)).state.messages;
}

describe.each(SERVICE_NAMES)('%s', (service) => {
  const own = EVENTS.filter((event) => event.owner === service);
  const foreign = EVENTS.filter((event) => event.owner !== service);

  it('publishes every event that it owns, and the audit log hears it', async () => {
    const refused = await refusals(service, (connection) => {
      for (const { subject } of own) connection.publish(subject, '{}', { headers: messageHeaders() });
    });
    expect(refused).toEqual([]);
    const expected = own.map((event) => `audit ${event.subject}`);
    await waitFor(() => expected.every((entry) => heard.has(entry)), { description: 'the audit log' });
  });

  it('publishes no event of another service', async () => {
    const before = await streamSize();
    const refused = await refusals(service, (connection) => {
      for (const { subject } of foreign) connection.publish(subject, '{}', { headers: messageHeaders() });
    });
    expect(refused.sort()).toEqual(foreign.map(({ subject }) => `publish ${subject}`).sort());
    expect(await streamSize()).toBe(before);
  });

  it('listens past its consumers to nothing, not to replies of others either', async () => {
    const others = ['>', 'evt.>', 'captures.>', '$JS.>', '_INBOX.>', '_INBOX.somebody.>'];
    const refused = await refusals(service, (connection) => {
      for (const subject of others) connection.subscribe(subject, { callback: () => undefined });
    });
    expect(refused.sort()).toEqual(others.map((subject) => `subscription ${subject}`).sort());
  });

  it('uses no consumer of another service, and cannot change streams or consumers', async () => {
    const somebodyElses = SERVICE_NAMES.filter((other) => other !== service).flatMap((other) => {
      const consumed = CONSUMES[other];
      const durables =
        consumed === 'everything' ? ['audit-everything'] : consumed.map(({ name }) => `${other}-${name}`);
      return durables.map((durable) => `$JS.API.CONSUMER.MSG.NEXT.${EVENT_STREAM}.${durable}`);
    });
    const administration = [
      `$JS.API.STREAM.DELETE.${EVENT_STREAM}`,
      `$JS.API.STREAM.PURGE.${EVENT_STREAM}`,
      `$JS.API.STREAM.UPDATE.${EVENT_STREAM}`,
      `$JS.API.STREAM.MSG.GET.${EVENT_STREAM}`,
      `$JS.API.DIRECT.GET.${EVENT_STREAM}.${VerificationSubmittedV1.subject}`,
      `$JS.API.STREAM.CREATE.COPY`,
      `$JS.API.CONSUMER.DELETE.${EVENT_STREAM}.${service}-${VerificationSubmittedV1.name}`,
      `$JS.API.CONSUMER.CREATE.${EVENT_STREAM}.${service}-${VerificationSubmittedV1.name}.>`,
      `$JS.API.CONSUMER.DURABLE.CREATE.${EVENT_STREAM}.${service}-mine`,
      `$JS.API.CONSUMER.CREATE.${EVENT_STREAM}`,
      `$JS.API.STREAM.MSG.GET.${CAPTURE_STREAM}`,
      `$JS.API.CONSUMER.CREATE.${CAPTURE_STREAM}.mine`,
    ];
    const wanted = [...somebodyElses, ...administration];
    const refused = await refusals(service, (connection) => {
      for (const subject of wanted) connection.publish(subject, '{}');
    });
    expect(refused.sort()).toEqual(wanted.map((subject) => `publish ${subject}`).sort());
  });

  it('reaches captures only as the topology says', async () => {
    const access = CAPTURE_ACCESS[service];
    const uses = {
      [captureSubject('c1', 'image')]: access?.put.includes('image') ?? false,
      [captureSubject('c1', 'face')]: access?.put.includes('face') ?? false,
      [`$JS.API.DIRECT.GET.${CAPTURE_STREAM}.${captureSubject('c1', 'image')}`]:
        access?.get.includes('image') ?? false,
      [`$JS.API.DIRECT.GET.${CAPTURE_STREAM}.${captureSubject('c1', 'face')}`]:
        access?.get.includes('face') ?? false,
      [`$JS.API.STREAM.PURGE.${CAPTURE_STREAM}`]: access?.purge ?? false,
    };
    const refused = await refusals(service, (connection) => {
      for (const subject of Object.keys(uses)) connection.publish(subject, '{}');
    });
    const denied = Object.keys(uses).filter((subject) => !uses[subject]);
    expect(refused.sort()).toEqual(denied.map((subject) => `publish ${subject}`).sort());
  });
});

describe('the filter of a consumer', () => {
  const subject = `$JS.API.CONSUMER.CREATE.${EVENT_STREAM}.liveness-VerificationSubmittedV1.${VerificationSubmittedV1.subject}`;
  const name = 'liveness-VerificationSubmittedV1';

  it.each([
    ['another event', { filter_subject: FaceExtractedV1.subject }],
    ['several events', { filter_subjects: [VerificationSubmittedV1.subject, FaceExtractedV1.subject] }],
    ['everything', {}],
  ])('cannot be made to hear %s behind its own subject', async (_, filter) => {
    const config = { name, durable_name: name, ack_policy: 'explicit', ...filter };
    const request = JSON.stringify({ stream_name: EVENT_STREAM, config, action: '' });
    const answer = await connectionOf('liveness').request(subject, request, { timeout: 2_000 });
    expect(answer.json<{ error?: { code: number } }>().error?.code).toBe(400);
    const { config: kept } = await (await jetstreamManager(operator)).consumers.info(EVENT_STREAM, name);
    expect(kept.filter_subject).toBe(VerificationSubmittedV1.subject);
  });
});

describe('a query', () => {
  it('is asked by whom its contract names and by nobody else', async () => {
    const ask = (service: ServiceName) =>
      new QueryClient(connectionOf(service)).ask(
        SealedTemplateV1,
        { templateId: randomUUID() },
        { timeoutMs: 1_000 },
      );
    expect(await ask('ikd-gateway')).toEqual({ kind: 'missing' });
    for (const service of SERVICE_NAMES.filter((name) => !SealedTemplateV1.askedBy.includes(name))) {
      await expect(ask(service)).rejects.toMatchObject({ code: 'MESSAGING.NO_ANSWER' });
    }
  });

  it('is answered by its owner alone', async () => {
    const refused = await refusals('liveness', (connection) => {
      connection.subscribe(SealedTemplateV1.subject, { callback: () => undefined });
    });
    expect(refused).toEqual([`subscription ${SealedTemplateV1.subject}`]);
  });
});

describe('the services together', () => {
  it('pass an event on under these permissions', async () => {
    const sender = replicas.get('liveness');
    await sender?.unitOfWork.run(async (tx) => tx.emit(CapturePassedV1, capturePassed()));
    await waitFor(() => heard.has(`template-extraction ${CapturePassedV1.subject}`), {
      description: 'the consumer',
    });
  });
});
