import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { keyIdOfText, openText } from '@absah/sealing';
import { formOf, goodRequest, type IntakeClient } from './intake-client.js';
import { IntakeBed } from './intake-bed.js';

let bed: IntakeBed;
let client: IntakeClient;

beforeAll(async () => {
  bed = await IntakeBed.open();
  client = await bed.startClient({ KEY_CACHE_SECONDS: '1' });
});
afterEach(() => bed.keys.let('answers'));
afterAll(() => bed?.service.close());

const nobodyYet = { nik: '9999014101900002', msisdn: '081200000002' };

describe('A3 while privacy is away', () => {
  it('a request is put off before anything of it is kept, and taken when privacy is back', async () => {
    bed.keys.let('is silent');
    const form = () => formOf({ request: { ...goodRequest, ...nobodyYet } });
    const refused = await client.post(form());
    expect(refused).toMatchObject({ status: 503, body: { code: 'PERSON_KEYS.UNAVAILABLE' } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await bed.traces()).toEqual({ cases: 0, outbox: 0, captures: 0 });
    bed.keys.let('answers');
    expect((await client.submit(form())).status).toBe(202);
  });
});

describe('A3 what the intake keeps of a person', () => {
  it('is sealed under the key of the person, for the case', async () => {
    const { body } = await client.submit();
    const { sealedNik, subjectRef } = await bed.submission(body);
    const key = bed.keys.keyOf(subjectRef, 'identity');
    expect(keyIdOfText(sealedNik)).toBe(key.keyId);
    expect(openText(key, sealedNik, body.id)).toBe(goodRequest.nik);
    const [row] = await bed.service.rows<{ sealed_msisdn: string }>(
      'SELECT sealed_msisdn FROM cases WHERE id = $1',
      body.id,
    );
    expect(openText(key, row!.sealed_msisdn, body.id)).toBe('6281200000001');
  });

  it('costs one question for a person who comes again soon', async () => {
    await client.submit();
    const before = bed.keys.questions;
    await client.submit();
    expect(bed.keys.questions).toBe(before);
  });
});
