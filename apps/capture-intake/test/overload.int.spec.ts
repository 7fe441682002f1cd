import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { IdentityMismatchedV1 } from '@absah/contracts';
import { sampleEvent, waitFor } from '@absah/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed, type Submitted } from './intake-bed.js';
import { formOf, type IntakeClient } from './intake-client.js';
import { jpegOf } from './pictures.js';

const PLACES = 4;

describe('beside more verifications than can be decided in time (V2)', () => {
  let bed: IntakeBed;
  let client: IntakeClient;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    client = await bed.startClient({
      LEAST_CASES_UNDER_WAY: String(PLACES),
      MOST_CASES_UNDER_WAY: String(PLACES),
      // Nobody is given up here, however slow this machine is.
      DECISION_TARGET_MS: '60000',
    });
  });
  afterAll(() => bed?.service.close());

  async function decide({ caseId, subjectRef }: Submitted): Promise<void> {
    await bed.bus.publish(IdentityMismatchedV1, sampleEvent(IdentityMismatchedV1, { caseId, subjectRef }));
  }

  afterEach(async () => {
    for (const one of bed.submitted()) await decide(one);
    await waitFor(
      async () => (await bed.service.rows("SELECT 1 FROM cases WHERE status = 'processing'")).length === 0,
      {
        description: 'every case to be decided',
      },
    );
    // The decisions are published after that.
    await sleep(200);
  });

  async function fill(): Promise<Submitted[]> {
    const cases: Submitted[] = [];
    for (let i = 0; i < PLACES; i += 1) cases.push(await bed.submission((await client.submit()).body));
    return cases;
  }

  it('refuses a request before its body, and tells each when to come back', async () => {
    await fill();
    const before = await bed.traces();
    const waits = new Set<string | null>();
    for (let i = 0; i < 20; i += 1) {
      const { status, headers, body } = await client.post(formOf());
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'INTAKE.OVERLOADED' });
      waits.add(headers.get('retry-after'));
    }
    expect(waits.size).toBeGreaterThan(1);
    expect(await bed.traces()).toEqual(before);
    const unsent = httpRequest(`${client.url}/v1/verifications`, {
      method: 'POST',
      agent: false,
      headers: {
        'x-api-key': 'key-of-a',
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': 99,
      },
    });
    unsent.flushHeaders();
    const [{ statusCode }] = (await once(unsent, 'response')) as [{ statusCode: number }];
    expect(statusCode).toBe(503);
    unsent.destroy();
  });

  it('gives a place to the next one when a case is decided, at whichever replica', async () => {
    const [first] = await fill();
    expect((await client.post(formOf())).status).toBe(503);
    await bed.startClient();
    await decide(first!);
    await waitFor(async () => (await client.submit()).status === 202, { description: 'a place' });
    expect((await client.post(formOf())).status).toBe(503);
  });

  it('keeps no place for what it refused for another reason', async () => {
    for (let i = 0; i < PLACES + 1; i += 1)
      expect((await client.post(formOf({ request: {} }))).status).toBe(400);
    expect(await fill()).toHaveLength(PLACES);
  });

  it('still answers what is asked about cases that it has', async () => {
    const [first] = await fill();
    expect((await client.read(first!.caseId)).status).toBe(200);
    expect((await client.challenge()).status).toBe(201);
  });
});

describe('a request that waits for its decision', () => {
  let bed: IntakeBed;

  beforeAll(async () => {
    bed = await IntakeBed.open();
  });
  afterAll(() => bed?.service.close());

  it('takes no room from uploads', async () => {
    const MEBIBYTE = 1024 * 1024;
    const client = await bed.startClient({ MAX_UPLOAD_BYTES_IN_FLIGHT: String(20 * MEBIBYTE) });
    const image = jpegOf(1280, 960, 5 * MEBIBYTE);
    const waiting = [];
    for (let count = 1; count <= 6; count += 1) {
      waiting.push(client.submit(formOf({ image }), 5));
      await waitFor(() => bed.submitted().length === count, { description: 'the case' });
    }
    await bed.service.stopReplicas();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(6).fill(202));
  });
});

describe('liveness challenges of one operator', () => {
  let bed: IntakeBed;

  beforeAll(async () => {
    bed = await IntakeBed.open();
  });
  afterAll(() => bed?.service.close());

  it('are limited while they are open, beside those of others', async () => {
    const client = await bed.startClient({ MOST_OPEN_CHALLENGES: '2', CHALLENGE_LIFETIME_MS: '1000' });
    const answers = [await client.challenge(), await client.challenge(), await client.challenge()];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 429]);
    expect(answers[2]).toMatchObject({ body: { code: 'INTAKE.TOO_MANY_CHALLENGES' } });
    expect(Number(answers[2]!.headers.get('retry-after'))).toBeGreaterThanOrEqual(5);
    expect((await client.withKey('key-of-b').challenge()).status).toBe(201);
    await sleep(1_050);
    expect((await client.challenge()).status).toBe(201);
  });
});
