import { silent } from '@absah/local-infra';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { enrolNewPerson, prepareFaces, type Face } from '../../tools/bench/pipeline/subjects.js';
import type { ServicePart } from '../../tools/laptop/many-processes-host.js';
import { startManyProcesses, type Platform } from '../../tools/laptop/platform.js';
import { makeTemporaryData, removeTemporaryData } from '../../tools/laptop/temporary-data.js';
import { START_TIMEOUT_MS } from './bed/journey-bed.js';
import { isAlive } from './bed/running-processes.js';
import { OperatorClient } from './desks/operator-client.js';

const RECOVERY_MS = 30_000;

let dataDir: string;
let platform: Platform<ServicePart>;
let her: Face;

beforeAll(async () => {
  dataDir = await makeTemporaryData('journey');
  platform = await startManyProcesses({ dataDir, apiPort: 0, progress: silent });
  her = (await prepareFaces(platform.infrastructure.addresses.modelsDir))[0]!;
}, START_TIMEOUT_MS);

afterAll(async () => {
  await platform?.stop();
  await removeTemporaryData(dataDir);
});

/** Refused for a moment while services find their servers again. */
async function approvesSomebody(): Promise<true> {
  const nik = await waitFor(() => enrolNewPerson(platform, her).catch(() => undefined), {
    description: 'the sandbox to enrol somebody',
    timeoutMs: RECOVERY_MS,
  });
  const decided = () => new OperatorClient(platform).decide(nik, { bytes: her.image });
  return waitFor(async () => (await decided().catch(() => undefined))?.status === 'approved', {
    description: 'an approval',
    timeoutMs: RECOVERY_MS,
  });
}

describe('single processes of the platform', () => {
  it('a killed service comes back at its address', async () => {
    const { liveness } = platform.services;
    const { pid, url } = liveness;
    await liveness.kill();
    expect([liveness.isRunning, isAlive(pid)]).toEqual([false, false]);
    await liveness.start();
    expect(liveness.pid).not.toBe(pid);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(await approvesSomebody()).toBe(true);
  });

  it('a paused service answers nobody until it goes on', async () => {
    const { audit } = platform.services;
    const ask = (withinMs: number) =>
      fetch(`${audit.url}/health/live`, { signal: AbortSignal.timeout(withinMs) });
    await audit.pause();
    await expect(ask(300)).rejects.toThrow('timeout');
    await audit.resume();
    expect((await ask(RECOVERY_MS)).status).toBe(200);
  });

  it('a replica runs beside the first at an address of its own', async () => {
    const replica = await platform.startReplica('capture-intake');
    expect(replica.url).not.toBe(platform.urls['capture-intake']);
    expect((await fetch(`${replica.url}/health/ready`)).status).toBe(200);
    await replica.stop();
    expect(isAlive(replica.pid)).toBe(false);
  });

  it(
    'a killed and a paused database server go on serving',
    async () => {
      const { postgres } = platform.infrastructure;
      await postgres.kill();
      await postgres.start();
      const connectionString = platform.infrastructure.addresses.databaseUrls.audit;
      const client = new pg.Client({ connectionString, query_timeout: 300 });
      await client.connect();
      await postgres.pause();
      await expect(client.query('SELECT 1')).rejects.toThrow('timeout');
      await postgres.resume();
      await client.end();
      expect(await approvesSomebody()).toBe(true);
    },
    2 * RECOVERY_MS,
  );

  it(
    'a killed broker comes back at its address, with its store or without',
    async () => {
      const { nats } = platform.infrastructure;
      const { url } = nats.current;
      await expect(nats.loseStore()).rejects.toThrow('still runs');
      await nats.kill();
      await nats.start();
      expect(nats.current.url).toBe(url);
      expect(await approvesSomebody()).toBe(true);
      await nats.kill();
      await nats.loseStore();
      await nats.start();
      expect(nats.current.url).toBe(url);
      expect(await approvesSomebody()).toBe(true);
    },
    4 * RECOVERY_MS,
  );
});
