import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Nik } from '@absah/domain-kit';
import {
  createTestAuthority,
  startSecureServer,
  type SecureServer,
  type TestAuthority,
} from '@absah/testing';
import type { SecureVersion, TLSSocket } from 'node:tls';
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

let mine: TestAuthority;
let foreign: TestAuthority;
let registry: SecureServer | undefined;
let driver: TemplateDriver | undefined;
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
  const comparison = {
    transactionId: QUESTION.transactionId,
    verdict: 'match',
    matchScore: 0.97,
    comparedAt: '2026-11-22T03:00:00Z',
  };
  registry = await startSecureServer(
    certificate,
    (request, response) => {
      versions.push((request.socket as TLSSocket).getProtocol());
      response.end(JSON.stringify(comparison));
    },
    { maxVersion },
  );
  return registry.url;
}

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
    const asking = open(await startRegistry(), { IKD_CA_FILE: mine.caFile });
    expect(await ask(asking)).toMatchObject({ kind: 'compared', verdict: 'match' });
    expect(versions).toEqual(['TLSv1.3']);
  });

  it.each<[string, SecureVersion, () => string | undefined]>([
    ['speaks TLS 1.2', 'TLSv1.2', () => mine.caFile],
    ['has a certificate from somebody else', 'TLSv1.3', () => foreign.caFile],
    ['has a certificate that no public authority issued', 'TLSv1.3', () => undefined],
  ])('stays here when the registry %s', async (_, maxVersion, caFile) => {
    const asking = open(await startRegistry(maxVersion), { IKD_CA_FILE: caFile() });
    expect(await ask(asking)).toEqual(NOT_NOW);
    expect(versions).toEqual([]);
  });

  it('is not asked at all with half of a client certificate', async () => {
    const { certFile } = await mine.authority.clientCertificate('ikd-gateway');
    const files = { IKD_CA_FILE: mine.caFile, IKD_CLIENT_CERT_FILE: certFile };
    expect(() => open('https://127.0.0.1:1', files)).toThrow('together or not at all');
  });
});
