import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NatsUser } from './nats-config.js';
import { startNats, type RunningNats } from './nats-server.js';

const ADMIN: NatsUser = { user: 'admin', password: 'admin-password' };
const LEDGER: NatsUser = {
  user: 'quota-ledger',
  password: 'ledger-password',
  publish: ['evt.quota.>'],
  subscribe: ['cmd.quota.>', '_INBOX.>'],
  allowResponses: true,
};
const LISTENER: NatsUser = { user: 'listener', password: 'listener-password', publish: [] };

let folder: string;
let running: RunningNats | undefined;
const connections: NatsConnection[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'absah-nats-spec-'));
});

afterEach(async () => {
  await Promise.all(connections.splice(0).map((connection) => connection.close()));
  await running?.stop();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<RunningNats> {
  running = await startNats({ storeDir: join(folder, 'store'), users: [ADMIN, LEDGER, LISTENER] });
  return running;
}

async function connectAs({ user, password }: NatsUser, url: string): Promise<NatsConnection> {
  const connection = await connect({ servers: url, user, pass: password, reconnect: false });
  connections.push(connection);
  return connection;
}

/** The server reports a refused publish only as a status event of the connection. */
async function refusalOf(connection: NatsConnection, subject: string): Promise<string> {
  const statuses = connection.status()[Symbol.asyncIterator]();
  const first = statuses.next();
  connection.publish(subject, 'x');
  await connection.flush();
  const { value } = await first;
  return value?.type === 'error' ? value.error.message : `unexpected ${value?.type}`;
}

describe('startNats', () => {
  it('refuses a user the subjects of others, and everyone a wrong password', async () => {
    const { url } = await start();
    const ledger = await connectAs(LEDGER, url);
    expect(await refusalOf(ledger, 'evt.audit.entry.v1')).toMatch(/Permissions Violation for Publish/);
    const wrong = { ...LEDGER, password: 'guessed' };
    await expect(connectAs(wrong, url)).rejects.toThrow(/Authorization Violation/);
  });

  it('refuses every publish to a user with an empty list', async () => {
    const { url } = await start();
    const listener = await connectAs(LISTENER, url);
    expect(await refusalOf(listener, 'evt.quota.slot.v1')).toMatch(/Permissions Violation for Publish/);
  });

  it('lets a user publish its own subjects and answer what it was asked', async () => {
    const { url } = await start();
    const [admin, ledger] = [await connectAs(ADMIN, url), await connectAs(LEDGER, url)];
    const heard = admin.subscribe('evt.quota.>', { max: 1 });
    await admin.flush();
    ledger.subscribe('cmd.quota.>', { callback: (_error, message) => void message.respond('reserved') });
    await ledger.flush();
    ledger.publish('evt.quota.slot.reserved.v1', 'one');
    for await (const message of heard) expect(message.string()).toBe('one');
    expect((await admin.request('cmd.quota.reserve.v1', '')).string()).toBe('reserved');
  });

  it('keeps its streams over a restart, and over being killed', async () => {
    const first = await start();
    const admin = await connectAs(ADMIN, first.url);
    const manager = await jetstreamManager(admin);
    await manager.streams.add({ name: 'EVENTS', subjects: ['evt.>'] });
    await jetstream(admin).publish('evt.quota.slot.reserved.v1', 'kept');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await start();
    const later = await jetstreamManager(await connectAs(ADMIN, second.url));
    expect((await later.streams.info('EVENTS')).state.messages).toBe(1);
  });

  it('accepts a message of eight mebibytes less its headers', async () => {
    const { url } = await start();
    const admin = await connectAs(ADMIN, url);
    expect(admin.info?.max_payload).toBe(8 * 1024 * 1024);
  });

  it('keeps the passwords in a file that only its owner may read', async () => {
    await start();
    expect((await stat(join(folder, 'store', 'nats-server.conf'))).mode & 0o777).toBe(0o600);
  });

  it('leaves no process and no claim behind when stopped', async () => {
    const nats = await start();
    await nats.stop();
    expect(() => process.kill(nats.pid, 0)).toThrow('ESRCH');
    expect(await readdir(join(folder, 'store'))).not.toContain('server.json');
  });
});
