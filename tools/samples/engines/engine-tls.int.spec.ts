import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { faceEngineUrl, openFaceEngine } from '@absah/inference';
import { SecurePeer, UNTRUSTED_PEERS } from '@absah/testing';
import type { RequestListener } from 'node:http';

const answer: RequestListener = (_request, response) => void response.end('{}');

let vendor: SecurePeer;

beforeAll(async () => {
  vendor = await SecurePeer.open();
});
afterEach(() => vendor.stop());
afterAll(() => vendor?.close());

function open(url: string, caFile: string | undefined) {
  const settings = { MODELS_DIR: '/nowhere', FACE_ENGINE_TIMEOUT_MS: 5_000, ENGINE_WORKERS: 1 };
  return openFaceEngine({ ...settings, FACE_ENGINE_URL: url, FACE_ENGINE_CA_FILE: caFile }, 'full', 1);
}

describe('A3 an engine of somebody else', () => {
  it('is asked over TLS 1.3', async () => {
    const engine = await open(await vendor.start(answer), vendor.own.caFile);
    await engine.close();
    expect(vendor.spoken).toEqual(['TLSv1.3']);
  });

  it.each(UNTRUSTED_PEERS)('is not asked when it %s', async (_, maxVersion, caFileOf) => {
    const opening = open(await vendor.start(answer, maxVersion), caFileOf(vendor));
    await expect(opening).rejects.toThrow('does not answer that it is ready');
    expect(vendor.spoken).toEqual([]);
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
