import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { faceEngineUrl, openFaceEngine } from '@absah/inference';
import {
  createTestAuthority,
  startSecureServer,
  type SecureServer,
  type TestAuthority,
} from '@absah/testing';
import type { SecureVersion } from 'node:tls';

let mine: TestAuthority;
let foreign: TestAuthority;
let vendor: SecureServer | undefined;
let asked: number;

beforeAll(async () => {
  [mine, foreign] = await Promise.all([createTestAuthority(), createTestAuthority()]);
});

afterEach(() => vendor?.close());

afterAll(() => Promise.all([mine.remove(), foreign.remove()]));

async function startVendor(maxVersion: SecureVersion = 'TLSv1.3'): Promise<string> {
  asked = 0;
  const answer = (_request: unknown, response: { end(text: string): void }): void => {
    asked += 1;
    response.end('{}');
  };
  const certificate = await mine.authority.serverCertificate('vendor');
  vendor = await startSecureServer(certificate, answer, { maxVersion });
  return vendor.url;
}

function open(url: string, caFile: string) {
  const settings = { MODELS_DIR: '/nowhere', FACE_ENGINE_TIMEOUT_MS: 5_000, ENGINE_WORKERS: 1 };
  return openFaceEngine({ ...settings, FACE_ENGINE_URL: url, FACE_ENGINE_CA_FILE: caFile }, 'full', 1);
}

describe('A3 an engine of somebody else', () => {
  it('is asked over TLS 1.3', async () => {
    const engine = await open(await startVendor(), mine.caFile);
    await engine.close();
    expect(asked).toBe(1);
  });

  it('is not asked when it speaks TLS 1.2, or has a certificate from somebody else', async () => {
    await expect(open(await startVendor('TLSv1.2'), mine.caFile)).rejects.toThrow(
      'does not answer that it is ready',
    );
    await vendor?.close();
    await expect(open(await startVendor(), foreign.caFile)).rejects.toThrow(
      'does not answer that it is ready',
    );
    expect(asked).toBe(0);
  });

  it('has an address with https, or a loopback address', () => {
    const accepted = (url: string) => faceEngineUrl.safeParse(url).success;
    expect(['https://engine.example', 'http://127.0.0.1:9000/engine'].map(accepted)).toEqual([true, true]);
    expect(['http://engine.example', 'http://10.0.0.7', 'ftp://127.0.0.1'].map(accepted)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
