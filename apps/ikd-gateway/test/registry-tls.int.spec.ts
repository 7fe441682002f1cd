import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Nik } from '@absah/domain-kit';
import { SecurePeer, UNTRUSTED_PEERS } from '@absah/testing';
import type { RequestListener } from 'node:http';
import type { IkdGatewayConfig } from '../src/config.js';
import { TemplateDriver } from '../src/registry/template-driver.js';

const QUESTION = {
  transactionId: '4c0a5f0e-1111-4222-8333-444455556666',
  nik: '9999014101900001' as Nik,
  template: new Uint8Array([1, 2, 3]),
  modelChain: 'test-chain.1',
  threshold: 0.95,
};
const NOT_NOW = { kind: 'unavailable', cause: 'unreachable' };

const answer: RequestListener = (_request, response) => {
  const compared = { verdict: 'match', matchScore: 0.97, comparedAt: '2026-11-22T03:00:00Z' };
  response.end(JSON.stringify({ transactionId: QUESTION.transactionId, ...compared }));
};

let registry: SecurePeer;
let driver: TemplateDriver | undefined;

beforeAll(async () => {
  registry = await SecurePeer.open();
});
afterEach(async () => {
  await driver?.onApplicationShutdown();
  await registry.stop();
});
afterAll(() => registry?.close());

function open(url: string, files: Partial<IkdGatewayConfig>): TemplateDriver {
  const secret = { reveal: () => 'a-password' };
  const config = {
    IKD_URL: url,
    IKD_USER: 'gateway',
    IKD_PASSWORD: secret,
    REGISTRY_CONNECTIONS: 2,
    REGISTRY_TIMEOUT_MS: 5_000,
  };
  driver = new TemplateDriver({ ...config, ...files } as IkdGatewayConfig);
  return driver;
}

const ask = (from: TemplateDriver) => from.verify(QUESTION, AbortSignal.timeout(5_000));

describe('G3 the question for a face', () => {
  it('goes to the registry over TLS 1.3', async () => {
    const asking = open(await registry.start(answer), { IKD_CA_FILE: registry.own.caFile });
    expect(await ask(asking)).toMatchObject({ kind: 'compared', verdict: 'match' });
    expect(registry.spoken).toEqual(['TLSv1.3']);
  });

  it.each(UNTRUSTED_PEERS)('stays here when the registry %s', async (_, maxVersion, caFileOf) => {
    const asking = open(await registry.start(answer, maxVersion), { IKD_CA_FILE: caFileOf(registry) });
    expect(await ask(asking)).toEqual(NOT_NOW);
    expect(registry.spoken).toEqual([]);
  });

  it('is not asked at all with half of a client certificate', async () => {
    const { certFile } = await registry.own.authority.clientCertificate('ikd-gateway');
    const files = { IKD_CA_FILE: registry.own.caFile, IKD_CLIENT_CERT_FILE: certFile };
    expect(() => open('https://127.0.0.1:1', files)).toThrow('together or not at all');
  });
});
