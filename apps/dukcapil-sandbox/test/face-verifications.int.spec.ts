import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANSWER_CODES, FACE_VERIFICATION_PATH, type AnswerCodeId } from '@absah/registry-protocol';
import {
  base64,
  faceAt,
  MODEL_CHAIN,
  SandboxClient,
  startSandbox,
  type Reply,
  type SandboxUnderTest,
} from './sandbox-client.js';

const KNOWN = '9999014101900001';

let sandbox: SandboxUnderTest;
let client: SandboxClient;

beforeAll(async () => {
  sandbox = await startSandbox({ HANG_MS: '300' });
  client = new SandboxClient(sandbox);
});
afterAll(() => sandbox?.dispose());

function basic(user = 'gateway', password = 'gateway-password'): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function question(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    transactionId: randomUUID(),
    nik: KNOWN,
    template: base64(faceAt(0.8)),
    modelChain: MODEL_CHAIN,
    ...changes,
  };
}

async function ask(body: unknown, authorization: string | undefined = basic()): Promise<Reply> {
  return client.call('POST', FACE_VERIFICATION_PATH, authorization, body);
}

function answerOf(code: AnswerCodeId, transactionId?: string): Reply {
  const { httpStatus, respon } = ANSWER_CODES[code];
  return {
    status: httpStatus,
    body: { ...(transactionId && { transactionId }), responseCode: code, respon },
  };
}

describe('V6 face verification at the stand-in registry', () => {
  beforeAll(() => client.enrol(KNOWN, faceAt(1)));

  it.each([
    ['the same face', 0.8, 'match'],
    ['somebody else', 0.1, 'mismatch'],
    ['a face just below the operating point', 0.47, 'mismatch'],
    ['a face just above the operating point', 0.48, 'match'],
  ])('compares server side: %s', async (_, cosine, verdict) => {
    const body = question({ template: base64(faceAt(cosine)) });
    const reply = await ask(body);
    expect(reply).toMatchObject({ status: 200, body: { transactionId: body.transactionId, verdict } });
    expect((reply.body['matchScore'] as number) >= 0.95).toBe(verdict === 'match');
  });

  it("uses the institution's own threshold", async () => {
    const { body } = await ask(question({ threshold: 0.9999 }));
    expect(body).toMatchObject({ verdict: 'mismatch' });
  });

  it('tells a transaction the same again, even after the reference changed', async () => {
    const nik = '9999014101900002';
    await client.enrol(nik, faceAt(1));
    const body = question({ nik });
    const first = await ask(body);
    await client.enrol(nik, faceAt(-1));
    expect(first.body).toMatchObject({ verdict: 'match' });
    expect(await ask(body)).toEqual(first);
    expect((await ask(question({ nik }))).body).toMatchObject({ verdict: 'mismatch' });
  });

  it('tells many askers of one transaction the same at the same time', async () => {
    const body = question();
    const replies = await Promise.all(Array.from({ length: 12 }, () => ask(body)));
    expect(new Set(replies.map((reply) => JSON.stringify(reply.body))).size).toBe(1);
    expect(replies[0]?.body).toMatchObject({ verdict: 'match' });
  });

  it('refuses a transaction id that comes with another question', async () => {
    const body = question();
    await ask(body);
    const other = { ...body, template: base64(faceAt(0.99)) };
    expect(await ask(other)).toEqual(answerOf('5004', body.transactionId));
  });
});

describe('G6 refusals of the stand-in registry', () => {
  it.each([
    ['unprocessable', '08'],
    ['deceased', '11'],
    ['double', '12'],
    ['inactive', '14'],
    ['quota-used-up', '05'],
    ['outside-hours', '06'],
    ['busy', '5000'],
  ] as const)('condition %s answers %s', async (condition, code) => {
    const nik = '9999014101900003';
    await client.enrol(nik, faceAt(1), condition);
    const body = question({ nik });
    expect(await ask(body)).toEqual(answerOf(code, body.transactionId));
  });

  it.each([
    ['an unknown NIK', { nik: '9999014101909999' }, '13'],
    ['a malformed NIK', { nik: '9999' }, '15'],
    ['a template that is none', { template: 'QUJG' }, '6006'],
    ['a template of other models', { template: base64(faceAt(0.8, 'other-chain.1')) }, '6006'],
  ] as const)('answers %s', async (_, changes, code) => {
    const body = question(changes);
    expect(await ask(body)).toEqual(answerOf(code, body.transactionId));
  });

  it.each([
    ['a missing parameter', { template: undefined }, '07'],
    ['a threshold as text', { threshold: 'high' }, '5004'],
    ['an unknown parameter', { image: 'QUJG' }, '5004'],
  ] as const)('answers %s', async (_, changes, code) => {
    expect(await ask(question(changes))).toEqual(answerOf(code));
  });

  it.each([
    ['no credentials', '', '09'],
    ['a wrong password', basic('gateway', 'guess'), '03'],
    ['a wrong user', basic('guess'), '03'],
    ['another scheme', 'Bearer gateway-password', '03'],
  ] as const)('answers %s', async (_, authorization, code) => {
    expect(await ask(question(), authorization)).toEqual(answerOf(code));
  });
});

describe('V9 scripted trouble', () => {
  const nik = '9999014101900004';

  it('hangs until released, then says that it is busy', async () => {
    await client.enrol(nik, faceAt(1), 'hang');
    const startedAt = performance.now();
    expect((await ask(question({ nik }))).status).toBe(503);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(290);
  });

  it('cuts the connection in an outage', async () => {
    await client.enrol(nik, faceAt(1), 'outage');
    await expect(ask(question({ nik }))).rejects.toThrow('fetch failed');
  });

  it('answers again once the condition is lifted, also the transaction it put off', async () => {
    await client.enrol(nik, faceAt(1), 'busy');
    const body = question({ nik });
    expect((await ask(body)).status).toBe(503);
    await client.script(nik, 'none');
    expect(await ask(body)).toMatchObject({ status: 200, body: { verdict: 'match' } });
  });
});
