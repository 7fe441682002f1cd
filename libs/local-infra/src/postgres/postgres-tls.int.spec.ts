import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { LocalAuthority, type CertificateFiles } from '../certificates/local-authority.js';
import { startPostgres, type RunningPostgres } from './postgres-server.js';
import { withoutDurability } from './postgres-settings.js';

let folder: string;
let tls: CertificateFiles;
let server: RunningPostgres;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'absah-postgres-tls-'));
  await chmod(folder, 0o755);
  tls = await (await LocalAuthority.open(join(folder, 'tls'))).serverCertificate('postgres');
  server = await startPostgres({ dataDir: join(folder, 'postgres'), tls, settings: withoutDurability });
  url = await server.createDatabase('quota', 'quota_ledger', 'a-password');
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ask(config: pg.ClientConfig, question: string): Promise<unknown[]> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    return (await client.query({ text: question, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

const withoutParameters = () => url.split('?')[0];
const OWN_CONNECTION = 'SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()';

describe('A3 PostgreSQL with a certificate', () => {
  it('speaks TLS 1.3 with who follows the address that it gave', async () => {
    expect(await ask({ connectionString: url }, OWN_CONNECTION)).toEqual(['TLSv1.3']);
    expect(await ask({ connectionString: server.superuserUrl }, OWN_CONNECTION)).toEqual(['TLSv1.3']);
  });

  it('refuses TLS 1.2', async () => {
    const ssl = { ca: await readFile(tls.caFile), maxVersion: 'TLSv1.2' } as const;
    await expect(ask({ connectionString: withoutParameters(), ssl }, 'SELECT 1')).rejects.toThrow(
      /protocol version/,
    );
  });

  it('admits nobody in the clear, not even the superuser', async () => {
    for (const plain of [withoutParameters(), server.superuserUrl.split('?')[0]]) {
      await expect(ask({ connectionString: plain }, 'SELECT 1')).rejects.toThrow(
        /no pg_hba.conf entry .* no encryption/,
      );
    }
  });

  it('asks for the password all the same', async () => {
    const wrong = url.replace('a-password', 'another');
    await expect(ask({ connectionString: wrong }, 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
  });

  it('keeps its key closed to everybody but its own account', async () => {
    const [location] = await ask({ connectionString: server.superuserUrl }, 'SHOW data_directory');
    const { mode, uid } = await stat(join(String(location), 'server.key'));
    expect(mode & 0o777).toBe(0o600);
    expect(uid).toBe((await stat(String(location))).uid);
  });
});
