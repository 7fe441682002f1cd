import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, type ConnectionOptions } from 'node:tls';
import { SERVICE_NAMES } from '@absah/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enrolNewPerson, prepareFaces } from '../../tools/bench/pipeline/subjects.js';
import { everyPid } from '../../tools/laptop/platform-pids.js';
import { JourneyBed, START_TIMEOUT_MS } from './bed/journey-bed.js';
import { isAlive, processesIn } from './bed/running-processes.js';
import { OperatorClient } from './desks/operator-client.js';

const SERVICES = [...SERVICE_NAMES, 'dukcapil-sandbox'] as const;
const SERVERS = ['nats', 'postgres'];

let bed: JourneyBed;

beforeAll(async () => {
  bed = await JourneyBed.open('many');
}, START_TIMEOUT_MS);
afterAll(() => bed?.close());

/** The version that both sides agreed on, or why they did not. */
async function handshake(url: string, options: ConnectionOptions): Promise<string | null> {
  const { hostname: host, port } = new URL(url);
  const socket = connect({ host, port: Number(port), ...options });
  try {
    await once(socket, 'secureConnect');
    return socket.getProtocol();
  } catch (error) {
    return (error as Error).message;
  } finally {
    socket.destroy();
  }
}

describe('one process per service', () => {
  it('runs each service on its own, and all are ready', async () => {
    const { urls } = bed.platform;
    const pids = everyPid(bed.platform.pids);
    expect(new Set(pids).size).toBe(SERVICES.length + SERVERS.length);
    expect(pids.filter(isAlive)).toEqual(pids);
    expect((await processesIn(bed.dataDir)).length).toBeGreaterThanOrEqual(SERVERS.length);
    const asked = SERVICES.map(async (service) => {
      const { status } = await fetch(`${urls[service]}/health/ready`);
      return [service, status];
    });
    expect(await Promise.all(asked)).toEqual(SERVICES.map((service) => [service, 200]));
  });

  it('refuses TLS 1.2 at each of them, and shows a certificate that the authority issued (A3)', async () => {
    const { urls, caFile } = bed.platform;
    const ca = await readFile(caFile);
    for (const service of SERVICES) {
      expect(await handshake(urls[service], { ca })).toBe('TLSv1.3');
      expect(await handshake(urls[service], { ca, maxVersion: 'TLSv1.2' })).toMatch(/protocol version/);
      const plain = fetch(urls[service].replace('https:', 'http:'));
      await expect(plain).rejects.toThrow('fetch failed');
    }
  });

  it('verifies a person from end to end (V1)', async () => {
    const her = (await prepareFaces(bed.platform.modelsDir))[0]!;
    const nik = await enrolNewPerson(bed.platform, her);
    const client = new OperatorClient(bed.platform);
    const { id, status } = await client.decide(nik, { bytes: her.image });
    expect(status).toBe('approved');
    const activation = await client.ask(`/v1/verifications/${id}/activation`, { method: 'POST' });
    expect(activation).toMatchObject({ status: 200, body: { id, status: 'activated' } });
  });

  it('stops without leaving a process', async () => {
    const pids = everyPid(bed.platform.pids);
    await bed.stop();
    expect(pids.filter(isAlive)).toEqual([]);
    expect(await processesIn(bed.dataDir)).toEqual([]);
  });
});
