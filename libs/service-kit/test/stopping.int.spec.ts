import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startService, type RunningService } from '@absah/service-kit';
import { createTestDatabase, startTestNats, type TestDatabase } from '@absah/testing';
import { tinyEnvironment } from './tiny-environment.js';
import { tinyService } from './tiny.service.js';

const DELAY_MS = 1_500;

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let service: RunningService;

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
});
afterEach(async () => {
  await service.close();
  await nats.stop();
  await database.drop();
});

async function start(delayMs: number): Promise<void> {
  const env = { ...tinyEnvironment(database.url, nats.url), SHUTDOWN_DELAY_MS: String(delayMs) };
  service = await startService(tinyService, env);
}

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(service.url + path, init);
  return {
    status: response.status,
    connection: response.headers.get('connection'),
    body: await response.json(),
  };
}

describe('a service that is told to stop (U3)', () => {
  it('says so at once, and goes on answering until its delay is over', async () => {
    await start(DELAY_MS);
    expect((await ask('/health/ready')).status).toBe(200);
    const stopped = service.close();
    expect(await ask('/health/ready')).toMatchObject({ status: 503, body: { code: 'SERVICE.STOPPING' } });
    expect(await ask('/health/live')).toMatchObject({ status: 200, connection: 'close' });
    expect(await ask('/slow', { method: 'POST' })).toMatchObject({ status: 201, connection: 'close' });
    await stopped;
    await expect(fetch(`${service.url}/health/live`)).rejects.toThrow();
  });

  it('finishes a request that came in its last moment', async () => {
    await start(200);
    const stopped = service.close();
    await sleep(100);
    expect(await ask('/slow', { method: 'POST' })).toMatchObject({ status: 201 });
    await stopped;
  });

  it('takes leave of a caller that keeps its connection', async () => {
    await start(DELAY_MS);
    const agent = new Agent({ keepAlive: true });
    const get = async () => {
      const [answer] = await once(request(`${service.url}/health/live`, { agent }).end(), 'response');
      (answer as NodeJS.ReadableStream).resume();
      await once(answer as NodeJS.ReadableStream, 'end');
    };
    await get();
    const stopped = service.close();
    await get();
    await sleep(50);
    expect(Object.keys(agent.freeSockets)).toEqual([]);
    await stopped;
  });

  it('does not wait for a connection on which nobody ever asked', async () => {
    await start(0);
    const silent = connect(Number(new URL(service.url).port), '127.0.0.1');
    await once(silent, 'connect');
    const startedAt = performance.now();
    await Promise.all([service.close(), once(silent, 'close')]);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});
