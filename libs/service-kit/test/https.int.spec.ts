import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type RunningService } from '@absah/service-kit';
import {
  createTestAuthority,
  createTestDatabase,
  startTestNats,
  type TestAuthority,
  type TestDatabase,
} from '@absah/testing';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { tinyEnvironment } from './tiny-environment.js';
import { tinyService } from './tiny.service.js';

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let certificates: TestAuthority;
let env: Record<string, string>;
let service: RunningService;

beforeAll(async () => {
  [database, nats, certificates] = await Promise.all([
    createTestDatabase(),
    startTestNats(),
    createTestAuthority(),
  ]);
  const { certFile, keyFile } = await certificates.authority.serverCertificate('tiny');
  env = {
    ...tinyEnvironment(database.url, nats.url),
    HTTP_TLS_CERT_FILE: certFile,
    HTTP_TLS_KEY_FILE: keyFile,
  };
  service = await startService(tinyService, env);
});

afterAll(async () => {
  await service.close();
  await nats.stop();
  await database.drop();
  await certificates.remove();
});

async function ask(options: RequestOptions = {}, url = service.url): Promise<IncomingMessage> {
  const ca = readFileSync(certificates.caFile);
  const request = get(`${url}/health/ready`, { ca, ...options });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response.resume();
}

/** Of the connection that carried one whole request and its answer. */
async function callerPort(agent: Agent, url = service.url): Promise<number | undefined> {
  const response = await ask({ agent }, url);
  const { localPort } = response.socket;
  await once(response, 'end');
  return localPort;
}

describe('A3 a service with a certificate', () => {
  it('says that it speaks HTTPS, and does so in TLS 1.3', async () => {
    expect(service.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const response = await ask();
    expect(response.statusCode).toBe(200);
    expect((response.socket as TLSSocket).getProtocol()).toBe('TLSv1.3');
  });

  it('refuses TLS 1.2', async () => {
    await expect(ask({ maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version/);
  });

  it('does not answer plain HTTP', async () => {
    await expect(fetch(service.url.replace('https', 'http'))).rejects.toThrow('fetch failed');
  });

  it('keeps a connection for further requests: one handshake serves many', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = [await callerPort(agent), await callerPort(agent)];
    expect(ports[1]).toBe(ports[0]);
    agent.destroy();
  });

  it('stops although a caller keeps its connection', async () => {
    const other = await startService(tinyService, env);
    const agent = new Agent({ keepAlive: true });
    await callerPort(agent, other.url);
    await other.close();
    agent.destroy();
  });

  it('does not start with a key that is not there', async () => {
    const missing = { ...env, HTTP_TLS_KEY_FILE: `${env['HTTP_TLS_KEY_FILE']}.gone` };
    await expect(startService(tinyService, missing)).rejects.toThrow('ENOENT');
  });
});
