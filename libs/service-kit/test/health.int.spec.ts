import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startService, type RunningService } from '@absah/service-kit';
import {
  createTestDatabase,
  sharedPostgres,
  startTestNats,
  waitFor,
  type TestDatabase,
} from '@absah/testing';
import { DataSource } from 'typeorm';
import { tinyEnvironment } from './tiny-environment.js';
import { tinyService } from './tiny.service.js';

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let service: RunningService;

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
  service = await startService(tinyService, tinyEnvironment(database.url, nats.url));
});

afterEach(async () => {
  await service.close();
  await nats.stop();
  await database.drop();
});

async function ask(path: 'live' | 'ready'): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${service.url}/health/${path}`);
  return { status: response.status, body: await response.json() };
}

async function setDatabaseReachable(reachable: boolean): Promise<void> {
  const superuser = await new DataSource({
    type: 'postgres',
    url: sharedPostgres().superuserUrl,
  }).initialize();
  const name = new URL(database.url).pathname.slice(1);
  await superuser.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${reachable}`);
  if (!reachable) {
    await superuser.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      name,
    ]);
  }
  await superuser.destroy();
}

const OK = { status: 200, body: { status: 'ok' } };
const NOT_READY = { status: 503, body: expect.objectContaining({ code: 'SERVICE.NOT_READY' }) };

describe('health', () => {
  it('is live and ready with everything there', async () => {
    expect(await ask('live')).toEqual(OK);
    expect(await ask('ready')).toEqual(OK);
  });

  it('without the database is live, and ready again when that is back', async () => {
    await setDatabaseReachable(false);
    expect(await ask('live')).toEqual(OK);
    expect(await ask('ready')).toEqual(NOT_READY);

    await setDatabaseReachable(true);
    await waitFor(async () => (await ask('ready')).status === 200, { description: 'readiness' });
  });

  it('without the broker is live and not ready, answers soon, and stops in order', async () => {
    await nats.stop();
    expect(await ask('live')).toEqual(OK);
    const began = performance.now();
    expect(await ask('ready')).toEqual(NOT_READY);
    expect(performance.now() - began).toBeLessThan(2_500);

    await service.close();
    await expect(fetch(`${service.url}/health/live`)).rejects.toThrow('fetch failed');
  });
});
