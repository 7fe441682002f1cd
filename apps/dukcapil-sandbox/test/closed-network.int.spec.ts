import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestAuthority, type TestAuthority } from '@absah/testing';
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { startSandbox, type SandboxUnderTest } from './sandbox-client.js';

interface Shown {
  readonly certFile: string;
  readonly keyFile: string;
}

let mine: TestAuthority;
let foreign: TestAuthority;
let sandbox: SandboxUnderTest;
let pool: Pool | undefined;

beforeAll(async () => {
  [mine, foreign] = await Promise.all([createTestAuthority(), createTestAuthority()]);
  const { certFile, keyFile } = await mine.authority.serverCertificate('dukcapil-sandbox');
  sandbox = await startSandbox({
    HTTP_TLS_CERT_FILE: certFile,
    HTTP_TLS_KEY_FILE: keyFile,
    CLIENT_CA_FILE: mine.caFile,
  });
});

afterEach(async () => {
  await pool?.destroy();
  pool = undefined;
});

afterAll(async () => {
  await sandbox.dispose();
  await Promise.all([mine.remove(), foreign.remove()]);
});

/** A new connection each, so that a later one may resume the session of the first. */
async function ask(path: string, authorization: string, shown?: Shown): Promise<unknown> {
  pool ??= new Pool(sandbox.url(), {
    pipelining: 0,
    connect: {
      ca: readFileSync(mine.caFile),
      ...(shown && { cert: readFileSync(shown.certFile), key: readFileSync(shown.keyFile) }),
    },
  });
  const response = await pool.request({
    method: 'GET',
    path,
    headers: { authorization, connection: 'close' },
  });
  return { status: response.statusCode, body: await response.body.json() };
}

const PARAMETERS = '/databalikan/api/getparam_bylembaga?id_lembaga=990001';
const askForParameters = (shown?: Shown) => ask(PARAMETERS, 'Bearer balikan-token', shown);
const REFUSED = { status: 403, body: expect.objectContaining({ code: 'SANDBOX.CALLER_NOT_CERTIFIED' }) };

describe('G3 the closed network of the registry', () => {
  it('serves who shows a certificate of its authority, over resumed sessions, too', async () => {
    const shown = await mine.authority.clientCertificate('data-balikan');
    for (let call = 0; call < 3; call += 1) {
      expect(await askForParameters(shown)).toMatchObject({ status: 200, body: { id_lembaga: '990001' } });
    }
  });

  it.each<[string, () => Promise<Shown | undefined>]>([
    ['shows none', async () => undefined],
    ['shows one of another authority', () => foreign.authority.clientCertificate('data-balikan')],
    ['shows one that is for a server', () => mine.authority.serverCertificate('liveness')],
  ])('does not serve who knows the token and %s', async (_, certificate) => {
    const shown = await certificate();
    for (let call = 0; call < 2; call += 1) expect(await askForParameters(shown)).toEqual(REFUSED);
  });

  it('asks for the token all the same', async () => {
    const shown = await mine.authority.clientCertificate('data-balikan');
    expect(await ask(PARAMETERS, 'Bearer another', shown)).toMatchObject({ status: 401 });
  });

  it('leaves its own pages to whoever has the admin token', async () => {
    expect(await ask('/sandbox/v1/people', 'Bearer admin-token')).toMatchObject({ status: 200 });
  });
});

describe('G3 a closed network without TLS', () => {
  it('serves nobody, rather than everybody', async () => {
    const plain = await startSandbox({ CLIENT_CA_FILE: mine.caFile });
    const headers = { authorization: 'Bearer balikan-token' };
    const response = await fetch(plain.url() + PARAMETERS, { headers });
    expect(response.status).toBe(403);
    await plain.dispose();
  });
});
