import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PARAMETERS_PATH, STORE_PATH } from '@absah/registry-protocol';
import { DataSource } from 'typeorm';
import {
  faceAt,
  base64,
  SandboxClient,
  startSandbox,
  type Reply,
  type SandboxUnderTest,
} from './sandbox-client.js';

const NIK = '9999014101900001';
const OTHER = '9999014101900002';
const PHONE = '6281200000001';

let sandbox: SandboxUnderTest;
let client: SandboxClient;

beforeAll(async () => {
  sandbox = await startSandbox();
  client = new SandboxClient(sandbox);
  await client.enrol(NIK, faceAt(1));
  await client.enrol(OTHER, faceAt(1));
});
afterAll(() => sandbox?.dispose());

function row(nik: string, phone: string) {
  return { NIK: nik, param: [{ NO_HP: phone }] };
}

async function store(
  rows: readonly unknown[],
  institution = '990001',
  token = 'balikan-token',
): Promise<Reply> {
  const body = [{ id_lembaga: institution, nama_lembaga: 'CONTOH SELULER', data: rows }];
  return client.call('POST', STORE_PATH, `Bearer ${token}`, body);
}

const success = { status: 200, body: { message: 'Success' } };
const alreadySent = { status: 400, body: { message: 'Data sudah pernah dikirim' } };

describe('B1 data balikan at the stand-in registry', () => {
  it('stores rows, and knows them when they come again', async () => {
    expect(await store([row(NIK, PHONE), row(OTHER, PHONE)])).toEqual(success);
    expect(await store([row(NIK, PHONE)])).toEqual(alreadySent);
  });

  it('stores another number of the same person, and the same number for another institution', async () => {
    expect(await store([row(NIK, '6281200000002')])).toEqual(success);
    expect(await store([row(NIK, PHONE)], '990002')).toEqual(success);
  });

  it.each([
    ['a NIK that nobody has', [row('9999014101909999', '6281200000010')], 'NIK tidak ditemukan'],
    ['a malformed NIK', [row('9999', '6281200000010')], 'Format data tidak sesuai'],
    ['a malformed number', [row(NIK, '081200000010')], 'Format data tidak sesuai'],
    [
      'a repetition inside the call',
      [row(NIK, '6281200000011'), row(NIK, '6281200000011')],
      'Data sudah pernah dikirim',
    ],
  ])('refuses the whole call for %s', async (_, bad, message) => {
    const good = row(OTHER, '6281200000012');
    expect(await store([good, ...bad])).toEqual({ status: 400, body: { message } });
    const { body } = await client.received(OTHER);
    expect(JSON.stringify(body)).not.toContain('012"');
  });

  it('refuses an institution code that is none, and a wrong token', async () => {
    const rows = [row(NIK, '6281200000020')];
    expect(await store(rows, 'ABC')).toEqual({ status: 400, body: { message: 'Lembaga tidak terdaftar' } });
    expect((await store(rows, '990001', 'guess')).status).toBe(401);
  });

  it('names the parameters of an institution', async () => {
    const reply = await client.call('GET', `${PARAMETERS_PATH}?id_lembaga=990001`, 'Bearer balikan-token');
    expect(reply).toEqual({ status: 200, body: { id_lembaga: '990001', param: ['NO_HP'] } });
  });

  it('stores one of two equal calls that arrive together', async () => {
    const rows = Array.from({ length: 20 }, (_, index) =>
      row(NIK, `62813000000${String(index).padStart(2, '0')}`),
    );
    const replies = await Promise.all([store(rows), store(rows.toReversed())]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 400]);
  });
});

describe('B3 inspection', () => {
  it('lists what was received, masked', async () => {
    const { body } = await client.received(NIK);
    const rows = body['rows'] as Record<string, unknown>[];
    expect(rows[0]).toMatchObject({ nik: '9999*********001', phone: '6281******001', institution: '990001' });
    expect(JSON.stringify((await client.admin('GET', '/sandbox/v1/balikan')).body)).not.toMatch(/\d{10}/);
    expect(JSON.stringify((await client.admin('GET', '/sandbox/v1/people')).body)).not.toMatch(
      /\d{10}|CONTOH/,
    );
  });

  it.each([
    ['PUT', '/sandbox/v1/people'],
    ['PUT', '/sandbox/v1/people/condition'],
    ['GET', '/sandbox/v1/people'],
    ['GET', '/sandbox/v1/balikan'],
    ['POST', '/sandbox/v1/balikan/search'],
  ])('opens %s %s to the admin token only', async (method, path) => {
    const body = method === 'GET' ? undefined : {};
    const reply = await client.admin(method, path, body, 'guess');
    expect(reply).toMatchObject({ status: 401, body: { code: 'SANDBOX.ADMIN_UNAUTHENTICATED' } });
  });

  it.each([
    ['a malformed NIK', { nik: '123' }, 'SANDBOX.NIK_MALFORMED'],
    ['a template that is none', { template: 'QUJG' }, 'SANDBOX.TEMPLATE_MALFORMED'],
    ['an unknown field', { image: 'QUJG' }, 'HTTP.BODY_INVALID'],
    ['an unknown condition', { condition: 'asleep' }, 'HTTP.BODY_INVALID'],
  ])('enrols nobody with %s', async (_, changes, code) => {
    const person = { nik: NIK, name: 'CONTOH', template: base64(faceAt(1)), ...changes };
    expect(await client.admin('PUT', '/sandbox/v1/people', person)).toMatchObject({
      status: 400,
      body: { code },
    });
  });

  it('scripts nothing for a NIK that nobody has', async () => {
    const body = { nik: '9999014101908888', condition: 'busy' };
    const reply = await client.admin('PUT', '/sandbox/v1/people/condition', body);
    expect(reply).toMatchObject({ status: 404, body: { code: 'SANDBOX.PERSON_MISSING' } });
  });

  it('says in Indonesian and English what it serves, and describes it in OpenAPI', async () => {
    const page = String((await client.call('GET', '/', undefined)).body['text']);
    expect(page).toContain('Registri tiruan');
    expect(page).toContain('Not a government service');
    const { body } = await client.call('GET', '/openapi.json', undefined);
    const described = Object.keys(body['paths'] as object);
    expect(described).toHaveLength(8);
    expect(described.every((path) => page.includes(path))).toBe(true);
  });
});

describe('A3 the database of the stand-in registry', () => {
  it('holds no NIK, number, name or template in the clear', async () => {
    const database = await new DataSource({ type: 'postgres', url: sandbox.databaseUrl }).initialize();
    try {
      const rows: { content: string }[] = await database.query(
        `SELECT p::text AS content FROM people p UNION ALL SELECT f::text FROM feedback f
         UNION ALL SELECT v::text FROM face_verifications v`,
      );
      const content = rows.map((row) => row.content).join('\n');
      const template = Buffer.from(faceAt(1)).subarray(0, 40);
      const secrets = [Buffer.from(NIK), Buffer.from(PHONE), Buffer.from('CONTOH'), template];
      expect(rows.length).toBeGreaterThan(20);
      for (const secret of secrets) {
        expect(content).not.toContain(secret.toString('latin1'));
        expect(content).not.toContain(secret.toString('hex'));
      }
    } finally {
      await database.destroy();
    }
  });
});
