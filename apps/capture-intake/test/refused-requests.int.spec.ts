import type { Problem } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { formOf, goodRequest, type Answer, type IntakeClient } from './intake-client.js';
import { IntakeBed } from './intake-bed.js';
import { cutOffPicture, hugePicture, jpegOf, textNamedJpg } from './pictures.js';

describe('a refused request', () => {
  let bed: IntakeBed;
  let client: IntakeClient;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    client = await bed.startClient();
  });
  afterAll(() => bed?.service.close());

  afterEach(async () => {
    expect(await bed.traces()).toEqual({ cases: 0, outbox: 0, captures: 0 });
  });

  function expectProblem(answer: Answer<Problem>, status: number, code: string): void {
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      type: `urn:absah:problem:${code.toLowerCase()}`,
      status,
      nextStep: expect.stringMatching(/\.$/),
    });
  }

  const png = Buffer.from('89504e470d0a1a0a0000000d494844520000', 'hex');

  it.each([
    ['an empty image', new Uint8Array(), 422, 'INTAKE.IMAGE_EMPTY'],
    ['text named .jpg', textNamedJpg, 415, 'INTAKE.IMAGE_TYPE_UNSUPPORTED'],
    ['a JPEG cut off in its header', cutOffPicture, 422, 'INTAKE.IMAGE_HEADER_MALFORMED'],
    ['a PNG cut off in its header', png, 422, 'INTAKE.IMAGE_HEADER_MALFORMED'],
    ['a header of 256 megapixels', hugePicture, 422, 'INTAKE.IMAGE_TOO_MANY_PIXELS'],
    ['a thumbnail', jpegOf(32, 32), 422, 'INTAKE.IMAGE_TOO_SMALL'],
    ['one byte too many', jpegOf(1280, 960, 6_291_457), 413, 'INTAKE.IMAGE_TOO_LARGE'],
  ])('has %s', async (_, image, status, code) => {
    expectProblem(await client.post(formOf({ image })), status, code);
  });

  const { nik: _nik, ...withoutNik } = goodRequest;
  const { consent, ...withoutConsent } = goodRequest;
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();

  it.each([
    ['no JSON', '{"nik":', 400, 'INTAKE.JSON_MALFORMED'],
    ['a list', [], 400, 'INTAKE.REQUEST_INVALID'],
    ['no NIK', withoutNik, 400, 'INTAKE.REQUEST_INVALID'],
    ['a NIK as number', { ...goodRequest, nik: 9999014101900001 }, 400, 'INTAKE.REQUEST_INVALID'],
    ['a short NIK', { ...goodRequest, nik: '999901410190000' }, 422, 'INTAKE.NIK_MALFORMED'],
    ['a NIK of day 99', { ...goodRequest, nik: '9999019901900001' }, 422, 'INTAKE.NIK_MALFORMED'],
    ['a land line', { ...goodRequest, msisdn: '0211234567' }, 422, 'INTAKE.MSISDN_MALFORMED'],
    ['no consent', withoutConsent, 422, 'INTAKE.CONSENT_MISSING'],
    ['null as consent', { ...goodRequest, consent: null }, 422, 'INTAKE.CONSENT_MISSING'],
    [
      'another purpose',
      { ...goodRequest, consent: { ...consent, purpose: 'ads' } },
      422,
      'INTAKE.CONSENT_INVALID',
    ],
    [
      'a later consent',
      { ...goodRequest, consent: { ...consent, givenAt: tomorrow } },
      422,
      'INTAKE.CONSENT_INVALID',
    ],
    ['too much JSON', { ...goodRequest, nik: '9'.repeat(17_000) }, 413, 'INTAKE.REQUEST_TOO_LARGE'],
  ])('has %s', async (_, request, status, code) => {
    expectProblem(await client.post(formOf({ request })), status, code);
  });

  const frame = jpegOf(640, 480, 2_000);
  const challenge = { challengeId: uuidV7(), nonce: 'A'.repeat(22) };

  it.each([
    ['25 frames', { frames: Array(25).fill(frame) }, {}, 413, 'INTAKE.TOO_MANY_FRAMES'],
    ['one frame too large', { frames: [jpegOf(640, 480, 4_194_305)] }, {}, 413, 'INTAKE.BURST_TOO_LARGE'],
    [
      'frames too large together',
      { frames: Array(3).fill(jpegOf(640, 480, 1_500_000)) },
      {},
      413,
      'INTAKE.BURST_TOO_LARGE',
    ],
    ['text as a frame', { frames: [textNamedJpg] }, {}, 422, 'INTAKE.FRAME_UNUSABLE'],
    ['a frame of 5 megapixels', { frames: [jpegOf(2560, 1920)] }, {}, 422, 'INTAKE.FRAME_UNUSABLE'],
    ['a challenge without frames', {}, { challenge, frameTimes: [1] }, 422, 'INTAKE.FRAMES_MISSING'],
    ['no frame times', { frames: [frame] }, { challenge }, 422, 'INTAKE.FRAME_TIMES_INVALID'],
    [
      'a short nonce',
      { frames: [frame] },
      { challenge: { ...challenge, nonce: 'A' } },
      400,
      'INTAKE.REQUEST_INVALID',
    ],
    ['a time as text', { frames: [frame] }, { challenge, frameTimes: ['1'] }, 400, 'INTAKE.REQUEST_INVALID'],
    [
      'a challenge that nobody issued',
      { frames: [frame] },
      { challenge, frameTimes: [1] },
      422,
      'INTAKE.CHALLENGE_UNKNOWN',
    ],
  ])('has %s (V5)', async (_, parts, fields, status, code) => {
    expectProblem(
      await client.post(formOf({ ...parts, request: { ...goodRequest, ...fields } })),
      status,
      code,
    );
  });

  it('names unknown fields, and quotes no value', async () => {
    const request = { ...goodRequest, mother: 'secret', consent: { ...consent, by: 'secret' } };
    const answer = await client.post(formOf({ request }));
    expectProblem(answer, 400, 'INTAKE.REQUEST_INVALID');
    expect(answer.body.fields).toEqual([
      { path: 'consent.by', problem: 'unknown field' },
      { path: 'mother', problem: 'unknown field' },
    ]);
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it.each(['image', 'request'])('has no part %s', async (part) => {
    const form = formOf();
    form.delete(part);
    const answer = await client.post(form);
    expectProblem(answer, 400, 'INTAKE.PART_MISSING');
    expect(answer.body.fields).toEqual([{ path: part, problem: 'missing' }]);
  });

  it.each(['image', 'request'])('has the part %s twice', async (part) => {
    const form = formOf();
    form.append(part, form.get(part));
    expectProblem(await client.post(form), 400, 'INTAKE.PART_REPEATED');
  });

  it.each([
    ['video', 'INTAKE.PART_UNKNOWN'],
    ['__proto__', 'INTAKE.MULTIPART_MALFORMED'],
    ['constructor', 'INTAKE.MULTIPART_MALFORMED'],
  ])('has a part named %s', async (part, code) => {
    const form = formOf();
    form.append(part, new Blob(['x']));
    expectProblem(await client.post(form), 400, code);
  });

  const multipart = { 'content-type': 'multipart/form-data; boundary=cut' };
  const brokenPart = '--cut\r\ncontent-disposition: form-data; name="image"; filename="a.jpg"\r\n\r\nabc';

  it.each([
    ['nothing at all', undefined, {}, 415, 'INTAKE.MEDIA_TYPE_UNSUPPORTED'],
    ['an empty body', '', multipart, 400, 'INTAKE.PART_MISSING'],
    ['a body that ends within a part', brokenPart, multipart, 400, 'INTAKE.MULTIPART_MALFORMED'],
    ['no boundary', 'x', { 'content-type': 'multipart/form-data' }, 400, 'INTAKE.MULTIPART_MALFORMED'],
    ['JSON instead', '{}', { 'content-type': 'application/json' }, 415, 'INTAKE.MEDIA_TYPE_UNSUPPORTED'],
    [
      'broken JSON instead',
      '{',
      { 'content-type': 'application/json' },
      415,
      'INTAKE.MEDIA_TYPE_UNSUPPORTED',
    ],
    ['an image alone', 'x', { 'content-type': 'image/jpeg' }, 415, 'INTAKE.MEDIA_TYPE_UNSUPPORTED'],
  ])('sends %s', async (_, body, headers, status, code) => {
    expectProblem(await client.post(body, headers), status, code);
  });

  it.each(['', 'a-key-nobody-has', 'operator-a'])(
    'has the wrong key %j, whatever else is wrong',
    async (key) => {
      const stranger = client.withKey(key);
      expectProblem(
        await stranger.post('{}', { 'content-type': 'text/plain' }),
        401,
        'INTAKE.OPERATOR_UNAUTHENTICATED',
      );
      expectProblem(await stranger.post(formOf()), 401, 'INTAKE.OPERATOR_UNAUTHENTICATED');
    },
  );

  it('is answered with a code that the API description lists under that status', async () => {
    const document = (await (await fetch(`${client.url}/openapi.json`)).json()) as OpenApi;
    const { responses } = document.paths['/v1/verifications']!.post;
    const answers = [
      await client.post(formOf({ image: textNamedJpg })),
      await client.post(formOf({ request: withoutConsent })),
      await client.post('{}', { 'content-type': 'application/json' }),
      await client.withKey('wrong').post(formOf()),
      await client.post(formOf({ request: '{' })),
    ];
    for (const { status, body } of answers) {
      const examples = responses[status]!.content['application/problem+json']!.examples;
      expect(examples[body.code]?.value).toEqual({ ...body, fields: undefined });
    }
  });
});

interface OpenApi {
  paths: Record<
    string,
    {
      post: {
        responses: Record<
          number,
          { content: Record<string, { examples: Record<string, { value: unknown }> }> }
        >;
      };
    }
  >;
}
