import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EVENT_STREAM, VerificationSubmittedV1 } from '@absah/contracts';
import { createTestDatabase, startTestNats, waitFor, type TestDatabase } from '@absah/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { tinyEnvironment } from './tiny-environment.js';

const MAIN = fileURLToPath(new URL('./tiny-service.main.js', import.meta.url));
/** A process that has to be ended by its own deadline takes longer. */
const BY_ITSELF_MS = 4_500;

interface Line {
  readonly level: string;
  readonly message: string;
}

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let child: ChildProcess | undefined;
let output: string;

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
  child = undefined;
  output = '';
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await nats.stop();
  await database.drop();
});

function run(changes: Record<string, string> = {}): ChildProcess {
  const env = { ...tinyEnvironment(database.url, nats.url), LOG_LEVEL: 'info', ...changes };
  child = fork(MAIN, { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  return child;
}

async function readyUrl(service: ChildProcess): Promise<string> {
  const [message] = (await once(service, 'message')) as [{ ready: string }];
  return message.ready;
}

async function exitOf(service: ChildProcess): Promise<{ code: number | null; afterMs: number }> {
  const began = performance.now();
  if (service.exitCode === null) await once(service, 'exit');
  return { code: service.exitCode, afterMs: performance.now() - began };
}

function lines(): Line[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
}

async function publishedSubjects(): Promise<string[]> {
  const connection = await connect({ servers: nats.url });
  const { streams } = await jetstreamManager(connection);
  const { state } = await streams.info(EVENT_STREAM, { subjects_filter: '>' });
  await connection.close();
  return Object.keys(state.subjects ?? {});
}

describe('a service as a process', () => {
  it('tells its launcher where it listens', async () => {
    const url = await readyUrl(run());
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('at %s answers, publishes, and exits with 0', async (signal) => {
    const service = run();
    const url = await readyUrl(service);
    const answer = fetch(`${url}/slow`, { method: 'POST' });
    await new Promise((resolve) => setTimeout(resolve, 200));

    service.kill(signal);

    expect((await answer).status).toBe(201);
    expect((await exitOf(service)).code).toBe(0);
    expect(await publishedSubjects()).toEqual([VerificationSubmittedV1.subject]);
    expect(lines().map((line) => line.message)).toEqual(['service ready', 'service stopped']);
  });

  it('exits with 0 when its launcher is gone', async () => {
    const service = run();
    await readyUrl(service);
    service.disconnect();
    expect((await exitOf(service)).code).toBe(0);
  });

  it('exits with 0 when its launcher goes while it starts', async () => {
    const service = run();
    service.disconnect();
    expect((await exitOf(service)).code).toBe(0);
    expect(lines().at(-1)?.message).toBe('service stopped');
  });
});

describe('a service that breaks', () => {
  it.each(['callback', 'promise'])(
    'says so without personal data, and exits with 1: in a %s',
    async (place) => {
      const service = run({ FAIL_AT: place });
      expect((await exitOf(service)).code).toBe(1);
      expect(lines().at(-1)).toMatchObject({ level: 'error', message: 'service broke' });
      expect(output).not.toContain('9999014101900001');
    },
  );
});

describe('a service that cannot start', () => {
  it.each<[string, () => Record<string, string>]>([
    ['its broker is not there', () => ({ NATS_URL: 'nats://127.0.0.1:1' })],
    ['its database is not there', () => ({ DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/none' })],
    [
      'its database refuses it',
      () => ({ DATABASE_URL: database.url.replace(/:[^:@]+@/, ':wrong-password@') }),
    ],
    ['its configuration is wrong', () => ({ HTTP_PORT: 'many', DATABASE_POOL: '0' })],
    ['a provider fails after database and broker are open', () => ({ FAIL_AT: 'provider' })],
    ['its HTTP set-up fails', () => ({ FAIL_AT: 'http' })],
    ['its address is taken', () => ({ HTTP_PORT: new URL(nats.url).port })],
  ])('says why, and leaves nothing open: %s', async (_, changes) => {
    const service = run(changes());
    const { code } = await exitOf(service);
    expect(code).toBe(1);
    expect(lines()).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'service could not run' }),
    );
    expect(output).not.toMatch(/wrong-password|not-asked-for/);
  });

  it('ends by itself, not by its deadline', async () => {
    const service = run({ FAIL_AT: 'provider' });
    await waitFor(() => output.includes('service could not run'), { description: 'the failure' });
    expect((await exitOf(service)).afterMs).toBeLessThan(BY_ITSELF_MS);
  });

  it('names every wrong key and the next step', async () => {
    const service = run({ HTTP_PORT: 'many', DATABASE_POOL: '0', FAIL_AT: 'elsewhere' });
    await exitOf(service);
    for (const key of ['HTTP_PORT', 'DATABASE_POOL', 'FAIL_AT']) expect(output).toContain(key);
    expect(lines().at(-1)?.message).toContain('Set the named environment variables');
  });
});
