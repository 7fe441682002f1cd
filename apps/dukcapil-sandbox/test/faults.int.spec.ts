import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FACE_VERIFICATION_PATH, STORE_PATH } from '@absah/registry-protocol';
import {
  base64,
  faceAt,
  MODEL_CHAIN,
  SandboxClient,
  startSandbox,
  type Reply,
  type SandboxUnderTest,
} from './sandbox-client.js';

const NIK = '9999014101900001';
const FAULTS = '/sandbox/v1/faults';
const GATEWAY = `Basic ${Buffer.from('gateway:gateway-password').toString('base64')}`;

let sandbox: SandboxUnderTest;
let client: SandboxClient;

beforeAll(async () => {
  sandbox = await startSandbox();
  client = new SandboxClient(sandbox);
  await client.enrol(NIK, faceAt(1));
});
afterEach(() => client.admin('DELETE', FAULTS));
afterAll(() => sandbox?.dispose());

async function begin(fault: Readonly<Record<string, unknown>>): Promise<void> {
  expect(await client.admin('POST', FAULTS, fault)).toMatchObject({ status: 204 });
}

function question(transactionId: string = randomUUID(), face = faceAt(0.8)) {
  return { transactionId, nik: NIK, template: base64(face), modelChain: MODEL_CHAIN };
}

async function askTimed(body = question()): Promise<{ readonly reply: Reply; readonly ms: number }> {
  const startedAt = performance.now();
  const reply = await client.call('POST', FACE_VERIFICATION_PATH, GATEWAY, body);
  return { reply, ms: performance.now() - startedAt };
}

const MATCHED = { status: 200, body: { verdict: 'match' } };

describe('V9 faults of the whole registry', () => {
  it('are off by default', async () => {
    expect(await client.admin('GET', FAULTS)).toEqual({ status: 200, body: { fault: null } });
    expect((await askTimed()).reply).toMatchObject(MATCHED);
  });

  it('hang: answers when the time is over', async () => {
    await begin({ kind: 'hang', forMs: 400 });
    const { reply, ms } = await askTimed();
    expect(reply).toMatchObject(MATCHED);
    expect(ms).toBeGreaterThan(300);
    const afterwards = await askTimed();
    expect(afterwards.reply).toMatchObject(MATCHED);
    expect(afterwards.ms).toBeLessThan(ms);
  });

  it('hang: answers as soon as it is ended', async () => {
    await begin({ kind: 'hang', forMs: 60_000 });
    const asked = askTimed();
    expect(await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 300, 'hangs'))])).toBe(
      'hangs',
    );
    await client.admin('DELETE', FAULTS);
    expect((await asked).reply).toMatchObject(MATCHED);
  });

  it('hang: forgets who left before the end', async () => {
    await begin({ kind: 'hang', forMs: 60_000 });
    const body = question();
    const left = fetch(sandbox.url() + FACE_VERIFICATION_PATH, {
      method: 'POST',
      headers: { authorization: GATEWAY, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(150),
    });
    await expect(left).rejects.toThrow('timeout');
    await client.admin('DELETE', FAULTS);
    // Had it been compared after all, another question under its id would be refused with 5004.
    const other = question(body.transactionId, faceAt(0.1));
    expect((await askTimed(other)).reply).toMatchObject({ status: 200, body: { verdict: 'mismatch' } });
  });

  it('refuse: cuts connections', async () => {
    await begin({ kind: 'refuse', forMs: 60_000 });
    await expect(askTimed()).rejects.toThrow('fetch failed');
  });

  it('busy: answers 503 with a Retry-After', async () => {
    await begin({ kind: 'busy', forMs: 60_000 });
    expect((await askTimed()).reply).toMatchObject({ status: 503, body: { responseCode: '5000' } });
    const response = await fetch(sandbox.url() + FACE_VERIFICATION_PATH, { method: 'POST' });
    expect(response.headers.get('retry-after')).toBe('1');
  });

  it('slow: answers late', async () => {
    await begin({ kind: 'slow', forMs: 60_000, delayMs: 300 });
    const { reply, ms } = await askTimed();
    expect(reply).toMatchObject(MATCHED);
    expect(ms).toBeGreaterThan(290);
  });

  it('reach data balikan, too', async () => {
    await begin({ kind: 'busy', forMs: 60_000 });
    expect((await client.call('POST', STORE_PATH, 'Bearer balikan-token', [])).status).toBe(503);
  });

  it('replace one another', async () => {
    await begin({ kind: 'hang', forMs: 60_000 });
    await begin({ kind: 'slow', forMs: 60_000, delayMs: 1 });
    expect((await client.admin('GET', FAULTS)).body).toMatchObject({
      fault: { kind: 'slow', delayMs: 1, endsAt: expect.any(String) },
    });
    expect((await askTimed()).reply).toMatchObject(MATCHED);
  });

  it.each([
    { kind: 'explode', forMs: 1 },
    { kind: 'hang' },
    { kind: 'hang', forMs: 0 },
    { kind: 'slow', forMs: 1 },
    { kind: 'busy', forMs: 1, delayMs: 1 },
  ])('refuse to begin as %j', async (fault) => {
    expect((await client.admin('POST', FAULTS, fault)).status).toBe(400);
    expect((await client.admin('GET', FAULTS)).body).toEqual({ fault: null });
  });

  it.each(['POST', 'GET', 'DELETE'])('need the admin token: %s', async (method) => {
    expect((await client.admin(method, FAULTS, undefined, 'guess')).status).toBe(401);
  });

  it('do not hold up a stop', async () => {
    await begin({ kind: 'hang', forMs: 60_000 });
    const asked = askTimed().catch(() => 'cut');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const startedAt = performance.now();
    await sandbox.down();
    await asked;
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await sandbox.up();
  });
});
