import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createTestAuthority,
  startSecureServer,
  type SecureServer,
  type TestAuthority,
} from '@absah/testing';
import type { SecureVersion, TLSSocket } from 'node:tls';
import type { DataBalikanConfig } from '../src/config.js';
import { WebServiceDriver } from '../src/registry/web-service-driver.js';

const ROWS = [{ nik: '9999014101900001', msisdn: '6289990000001' }];
const NOT_NOW = { kind: 'unavailable', needsEngineer: false };

let mine: TestAuthority;
let foreign: TestAuthority;
let registry: SecureServer | undefined;
let driver: WebServiceDriver | undefined;
let versions: (string | null)[];

beforeAll(async () => {
  [mine, foreign] = await Promise.all([createTestAuthority(), createTestAuthority()]);
});

afterEach(async () => {
  await driver?.onApplicationShutdown();
  await registry?.close();
});

afterAll(() => Promise.all([mine.remove(), foreign.remove()]));

async function startRegistry(maxVersion: SecureVersion = 'TLSv1.3'): Promise<string> {
  versions = [];
  const certificate = await mine.authority.serverCertificate('registry');
  registry = await startSecureServer(
    certificate,
    (request, response) => {
      versions.push((request.socket as TLSSocket).getProtocol());
      response.setHeader('content-type', 'application/json');
      const body =
        request.method === 'GET' ? { id_lembaga: '990001', param: ['NO_HP'] } : { message: 'Success' };
      response.end(JSON.stringify(body));
    },
    { maxVersion },
  );
  return registry.url;
}

function open(url: string, caFile: string | undefined): WebServiceDriver {
  const config = {
    BALIKAN_URL: url,
    BALIKAN_CA_FILE: caFile,
    BALIKAN_TOKEN: { reveal: () => 'balikan-token' },
    INSTITUTION_CODE: '990001',
    INSTITUTION_NAME: 'CONTOH SELULER',
    REGISTRY_TIMEOUT_MS: 5_000,
  };
  driver = new WebServiceDriver(config as DataBalikanConfig);
  return driver;
}

describe('A3 data balikan', () => {
  it('goes to the registry over TLS 1.3', async () => {
    const answer = await open(await startRegistry(), mine.caFile).store(ROWS);
    expect(answer).toEqual({ kind: 'stored' });
    expect(new Set(versions)).toEqual(new Set(['TLSv1.3']));
  });

  it.each<[string, SecureVersion, () => string | undefined]>([
    ['speaks TLS 1.2', 'TLSv1.2', () => mine.caFile],
    ['has a certificate from somebody else', 'TLSv1.3', () => foreign.caFile],
    ['has a certificate that no public authority issued', 'TLSv1.3', () => undefined],
  ])('stays here when the registry %s', async (_, maxVersion, caFile) => {
    const url = await startRegistry(maxVersion);
    expect(await open(url, caFile()).store(ROWS)).toEqual(NOT_NOW);
    expect(versions).toEqual([]);
  });
});
