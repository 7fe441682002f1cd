import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATOR } from '@absah/contracts';
import { brokerPermissions, connectNats, operatorPermissions } from '@absah/messaging';
import { startTestNats } from '@absah/testing';
import { PermissionViolationError, type NatsConnection } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { attempts, BROKER_USERS, type Attempt, type BrokerUser } from './attempts.js';

const PASSWORD = 'of-this-test-only';
const TESTER = 'tester';
const ALL = attempts();

let nats: Awaited<ReturnType<typeof startTestNats>>;
/** May do everything, as nobody may in production. */
let tester: NatsConnection;
const connections = new Map<BrokerUser, NatsConnection>();

beforeAll(async () => {
  const permissions = (user: BrokerUser) =>
    user === OPERATOR ? operatorPermissions() : brokerPermissions(user);
  const users = BROKER_USERS.map((user) => ({ user, password: PASSWORD, ...permissions(user) }));
  nats = await startTestNats([...users, { user: TESTER, password: PASSWORD }]);
  tester = await connect({ servers: nats.url, user: TESTER, pass: PASSWORD });
  for (const user of BROKER_USERS) {
    connections.set(user, await connectNats({ url: nats.url, user, password: PASSWORD }, user));
  }
});

afterAll(async () => {
  await Promise.all([...connections.values(), tester].map((connection) => connection.close()));
  await nats.stop();
});

function connectionOf(user: BrokerUser): NatsConnection {
  return connections.get(user)!;
}

const words = ({ operation, subject }: Pick<Attempt, 'operation' | 'subject'>) => `${operation} ${subject}`;

/** What the broker refused of everything that `act` did; it says so on the connection, in its own time. */
async function refusals(connection: NatsConnection, act: () => void): Promise<Set<string>> {
  const refused = new Set<string>();
  const status = connection.status();
  const listening = (async () => {
    for await (const event of status) {
      if (event.type === 'error' && event.error instanceof PermissionViolationError)
        refused.add(words(event.error));
    }
  })();
  act();
  await connection.flush();
  (status as AsyncIterable<unknown> & { stop(): void }).stop();
  await listening;
  return refused;
}

function attempt(connection: NatsConnection, { operation, subject }: Attempt): void {
  if (operation === 'publish') connection.publish(subject, '');
  else connection.subscribe(subject, { callback: () => undefined });
}

describe.each(BROKER_USERS)('A3 at the broker, %s', (user) => {
  const isAllowed = ({ allowedTo }: Attempt) => allowedTo.includes(user);

  it('is refused everything that the topology does not give it, and nothing else', async () => {
    const connection = connectionOf(user);
    const refused = await refusals(connection, () => {
      for (const one of ALL) attempt(connection, one);
    });
    const expected = ALL.filter((one) => !isAllowed(one)).map(words);
    expect([...refused].sort()).toEqual([...new Set(expected)].sort());
  });

  it('cannot get around that by joining a queue', async () => {
    const connection = connectionOf(user);
    const subjects = ALL.filter((one) => one.operation === 'subscription' && !isAllowed(one));
    const refused = await refusals(connection, () => {
      for (const { subject } of subjects) {
        connection.subscribe(subject, { queue: 'joined', callback: () => undefined });
      }
    });
    expect(refused.size).toBe(new Set(subjects.map(({ subject }) => subject)).size);
  });

  it('gets through what it may say, ask and put', async () => {
    const subjects = ALL.filter((one) => one.operation === 'publish' && isAllowed(one))
      .map(({ subject }) => subject)
      .filter((subject) => !subject.startsWith('$'));
    const heard: string[] = [];
    const listeners = subjects.map((subject) =>
      tester.subscribe(subject, { callback: (_error, message) => void heard.push(message.subject) }),
    );
    await tester.flush();
    for (const subject of subjects) connectionOf(user).publish(subject, '');
    await connectionOf(user).flush();
    await tester.flush();
    for (const listener of listeners) listener.unsubscribe();
    expect(heard.sort()).toEqual([...subjects].sort());
  });

  it('hears what it may hear', async () => {
    const subjects = ALL.filter((one) => one.operation === 'subscription' && isAllowed(one)).map(
      ({ subject }) => subject.replace('>', 'reply'),
    );
    const heard: string[] = [];
    const own = subjects.map((subject) =>
      connectionOf(user).subscribe(subject, {
        callback: (_error, message) => void heard.push(message.subject),
      }),
    );
    await connectionOf(user).flush();
    for (const subject of subjects) tester.publish(subject, '');
    await tester.flush();
    await connectionOf(user).flush();
    for (const listener of own) listener.unsubscribe();
    expect(subjects.length).toBeGreaterThan(0);
    expect(heard.sort()).toEqual(subjects.sort());
  });
});

describe('A3 the attempts', () => {
  it('are made for each user at the subjects of all others', () => {
    expect(ALL.filter(({ allowedTo }) => allowedTo.length === 0).length).toBeGreaterThan(80);
    expect(ALL.length).toBeGreaterThan(180);
  });
});
