import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { connectNats, type NatsSettings } from '@absah/messaging';
import { createTestAuthority, startTestNats, type TestAuthority } from '@absah/testing';
import type { NatsConnection } from '@nats-io/nats-core';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { TLSSocket } from 'node:tls';

const PASSWORD = 'a-password-of-this-test';
const USER = { user: 'liveness', password: PASSWORD };

let mine: TestAuthority;
let foreign: TestAuthority;
let stop: (() => Promise<unknown>) | undefined;
let connection: NatsConnection | undefined;

beforeAll(async () => {
  [mine, foreign] = await Promise.all([createTestAuthority(), createTestAuthority()]);
});

afterEach(async () => {
  await connection?.close();
  await stop?.();
  [connection, stop] = [undefined, undefined];
});

afterAll(() => Promise.all([mine.remove(), foreign.remove()]));

async function startBroker(hosts?: readonly string[]): Promise<string> {
  const name = hosts ? hosts.join('-') : 'nats';
  const tls = await mine.authority.serverCertificate(name, hosts);
  const nats = await startTestNats([USER], { tls });
  stop = () => nats.stop();
  return nats.url;
}

async function join(url: string, settings: Partial<NatsSettings> = {}): Promise<NatsConnection> {
  connection = await connectNats({ url, ...USER, caFile: mine.caFile, ...settings }, 'liveness');
  return connection;
}

/** Speaks as much of a broker's part as comes before the password, and keeps what it was told. */
async function startImpostor(
  info: object,
  maxVersion?: 'TLSv1.2',
): Promise<{ url: string; heard: string[] }> {
  const heard: string[] = [];
  const { certFile, keyFile } = await mine.authority.serverCertificate('impostor');
  const [cert, key] = [readFileSync(certFile), readFileSync(keyFile)];
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(`INFO ${JSON.stringify({ proto: 1, headers: true, max_payload: 1_024, ...info })}\r\n`);
    if (!maxVersion) return void socket.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    const secured = new TLSSocket(socket, { isServer: true, cert, key, maxVersion });
    secured.on('error', () => undefined).on('data', (chunk: Buffer) => heard.push(chunk.toString()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = async () => server.close();
  return { url: `nats://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

describe('A3 the connection to the broker', () => {
  it('is TLS 1.3', async () => {
    const own = await join(await startBroker());
    const { transport } = (own as unknown as { protocol: { transport: { socket: TLSSocket } } }).protocol;
    expect(transport.socket.getProtocol()).toBe('TLSv1.3');
    expect(own.info?.tls_required).toBe(true);
  });

  it('is refused when the certificate comes from somebody else', async () => {
    const url = await startBroker();
    await expect(join(url, { caFile: foreign.caFile })).rejects.toThrow(/certificate/);
  });

  it.each([
    ['127.0.0.1', ['localhost']],
    ['localhost', ['127.0.0.1', 'broker.example']],
  ])('is refused when the certificate is not for %s', async (host, hosts) => {
    const url = (await startBroker(hosts)).replace('127.0.0.1', host);
    await expect(join(url)).rejects.toThrow(/does not match certificate's altnames/);
  });

  it('is refused when the broker speaks no TLS, before the password is said', async () => {
    const { url, heard } = await startImpostor({});
    await expect(join(url)).rejects.toThrow("server does not support 'tls'");
    expect(heard.join('')).not.toContain(PASSWORD);
  });

  it('is refused when the broker speaks TLS 1.2, before the password is said', async () => {
    const { url, heard } = await startImpostor({ tls_required: true }, 'TLSv1.2');
    await expect(join(url)).rejects.toThrow(/protocol version/);
    expect(heard).toEqual([]);
  });
});
