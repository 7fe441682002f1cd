import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problem, type Problem } from '@absah/contracts';
import { startService, type RunningService } from '@absah/service-kit';
import { createTestDatabase, startTestNats, type TestDatabase } from '@absah/testing';
import { tinyEnvironment } from './tiny-environment.js';
import { tinyService } from './tiny.service.js';

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let service: RunningService;
const lines: string[] = [];

beforeAll(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
  const env = { ...tinyEnvironment(database.url, nats.url), LOG_LEVEL: 'info' };
  service = await startService(tinyService, env, {
    logDestination: { write: (line) => void lines.push(line) },
  });
});

afterAll(async () => {
  await service.close();
  await nats.stop();
  await database.drop();
});

async function send(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${service.url}${path}`, init);
}

async function sendJson(body: string, type = 'application/json'): Promise<Response> {
  return send('/things', { method: 'POST', headers: { 'content-type': type }, body });
}

async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = problem.parse(await response.json());
  expect(body.status).toBe(response.status);
  return body;
}

describe('over HTTP', () => {
  it('a good request is answered', async () => {
    const response = await sendJson('{"name":"abc","count":1}');
    expect([response.status, await response.json()]).toEqual([201, { name: 'abc', count: 1 }]);
  });

  it.each<[string, () => Promise<Response>, number, string]>([
    ['malformed JSON', () => sendJson('{"name":'), 400, 'HTTP.BAD_REQUEST'],
    ['an empty body', () => sendJson(''), 400, 'HTTP.BAD_REQUEST'],
    ['a dangerous key', () => sendJson('{"__proto__":{"a":1}}'), 400, 'HTTP.BAD_REQUEST'],
    ['a large body', () => sendJson(`{"name":"${'x'.repeat(2_000)}"}`), 413, 'HTTP.BODY_TOO_LARGE'],
    [
      'a foreign media type',
      () => sendJson('<name/>', 'application/xml'),
      415,
      'HTTP.UNSUPPORTED_MEDIA_TYPE',
    ],
    ['an unknown path', () => send('/nothing/9999014101900001'), 404, 'HTTP.NOT_FOUND'],
    ['a wrong method', () => send('/things', { method: 'DELETE' }), 404, 'HTTP.NOT_FOUND'],
  ])('%s is refused with a problem', async (_, request, status, code) => {
    const body = await problemOf(await request());
    expect(body).toMatchObject({ status, code });
    expect(JSON.stringify(body)).not.toContain('9999014101900001');
  });

  it('fields that break the schema are named', async () => {
    const body = await problemOf(await sendJson('{"name":"ab","other":true}'));
    expect(body).toMatchObject({
      code: 'HTTP.BODY_INVALID',
      fields: [
        { path: 'name', problem: 'too_small' },
        { path: 'count', problem: 'invalid_type' },
        { path: '(body)', problem: 'unrecognized_keys' },
      ],
    });
  });

  it.each([
    ['missing', 404],
    ['conflict', 409],
    ['unavailable', 503],
  ])('a ServiceError of kind %s is answered with %d and its code', async (kind, status) => {
    const response = await send(`/failures/${kind}`);
    expect(response.headers.get('retry-after')).toBe('3');
    expect(await problemOf(response)).toMatchObject({ status, code: 'TINY.FAILED', title: 'it failed' });
  });

  it('an internal error leaks nothing, neither to the caller nor to the log', async () => {
    lines.length = 0;
    const body = await problemOf(await send('/failures'));
    expect(body).toEqual({
      type: 'urn:absah:problem:service.internal',
      title: 'Something went wrong on our side',
      status: 500,
      code: 'SERVICE.INTERNAL',
      nextStep: 'Try again; if it continues, tell us the time of the request.',
    });
    const logged = lines.join('');
    expect(logged).toContain('SERVICE.INTERNAL');
    expect(logged).not.toContain('9999014101900001');
  });
});
