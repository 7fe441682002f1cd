import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '@absah/service-kit';
import { createTestAuthority, type TestAuthority } from '@absah/testing';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { TLSSocket, type SecureVersion } from 'node:tls';

let mine: TestAuthority;
let foreign: TestAuthority;
let server: Server | undefined;
let heard: string[];

beforeAll(async () => {
  [mine, foreign] = await Promise.all([createTestAuthority(), createTestAuthority()]);
});

afterEach(() => void server?.close());

afterAll(() => Promise.all([mine.remove(), foreign.remove()]));

/** As much of a PostgreSQL as comes before the user's name; keeps what it is told afterwards. */
async function startImpostor(answer: 'S' | 'N', maxVersion: SecureVersion = 'TLSv1.3'): Promise<string> {
  heard = [];
  const { certFile, keyFile } = await mine.authority.serverCertificate('impostor');
  const [cert, key] = [readFileSync(certFile), readFileSync(keyFile)];
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(answer);
      const talk = answer === 'S' ? new TLSSocket(socket, { isServer: true, cert, key, maxVersion }) : socket;
      talk.on('error', () => undefined);
      talk.on('data', (chunk: Buffer) => {
        heard.push(chunk.toString('latin1'));
        talk.destroy();
      });
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `postgresql://quota_ledger:a-password@127.0.0.1:${(server.address() as AddressInfo).port}/quota`;
}

function open(url: string, caFile: string): Promise<unknown> {
  const protectedUrl = `${url}?sslmode=verify-full&sslrootcert=${caFile}`;
  return openDatabase({ name: 'tiny', url: protectedUrl, poolSize: 2, migrations: [] });
}

describe('A3 the connection to the database', () => {
  it('is begun with TLS 1.3, and says who it is only then', async () => {
    const url = await startImpostor('S');
    await expect(open(url, mine.caFile)).rejects.toThrow(/Connection terminated/);
    expect(heard.join('')).toContain('quota_ledger');
  });

  it.each<[string, 'S' | 'N', SecureVersion | undefined, () => string, RegExp]>([
    ['speaks TLS 1.2', 'S', 'TLSv1.2', () => mine.caFile, /protocol version/],
    ['speaks no TLS', 'N', undefined, () => mine.caFile, /does not support SSL/],
    ['has a certificate from somebody else', 'S', undefined, () => foreign.caFile, /certificate/],
  ])('is given up when the server %s', async (_, answer, maxVersion, caFile, refusal) => {
    const url = await startImpostor(answer, maxVersion);
    await expect(open(url, caFile())).rejects.toThrow(refusal);
    expect(heard).toEqual([]);
  });
});
