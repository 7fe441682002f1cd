import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SecurePeer, UNTRUSTED_PEERS } from '@absah/testing';
import type { RequestListener } from 'node:http';
import type { DataBalikanConfig } from '../src/config.js';
import { WebServiceDriver } from '../src/registry/web-service-driver.js';

const ROWS = [{ nik: '9999014101900001', msisdn: '6289990000001' }];
const NOT_NOW = { kind: 'unavailable', needsEngineer: false };

const answer: RequestListener = ({ method }, response) => {
  response.setHeader('content-type', 'application/json');
  const body = method === 'GET' ? { id_lembaga: '990001', param: ['NO_HP'] } : { message: 'Success' };
  response.end(JSON.stringify(body));
};

let registry: SecurePeer;
let driver: WebServiceDriver | undefined;

beforeAll(async () => {
  registry = await SecurePeer.open();
});
afterEach(async () => {
  await driver?.onApplicationShutdown();
  await registry.stop();
});
afterAll(() => registry?.close());

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
    const stored = await open(await registry.start(answer), registry.own.caFile).store(ROWS);
    expect(stored).toEqual({ kind: 'stored' });
    expect(new Set(registry.spoken)).toEqual(new Set(['TLSv1.3']));
  });

  it.each(UNTRUSTED_PEERS)('stays here when the registry %s', async (_, maxVersion, caFileOf) => {
    const url = await registry.start(answer, maxVersion);
    expect(await open(url, caFileOf(registry)).store(ROWS)).toEqual(NOT_NOW);
    expect(registry.spoken).toEqual([]);
  });
});
