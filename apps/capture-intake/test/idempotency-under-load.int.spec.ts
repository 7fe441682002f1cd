import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isFullLoad } from '@absah/testing';
import { Agent, request } from 'undici';
import { IntakeBed } from './intake-bed.js';
import { formOf } from './intake-client.js';
import { jpegOf } from './pictures.js';

/** A share of them in every run: ABSAH_FULL_LOAD=1 takes all. */
const KEYS = isFullLoad() ? 1_000 : 32;
const ATTEMPTS = 50;
/** Keys in the air at once: each with all its attempts. */
const KEYS_AT_ONCE = 16;
const IN_FLIGHT = 409;

interface Told {
  readonly status: number;
  readonly location: unknown;
  readonly text: string;
}

describe(`${KEYS} keys with ${ATTEMPTS} concurrent attempts each (U1)`, () => {
  let bed: IntakeBed;
  let urls: string[];
  const agent = new Agent({ connections: KEYS_AT_ONCE * ATTEMPTS });
  let body: Buffer;
  let contentType: string;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    urls = [(await bed.startClient()).url, (await bed.startClient()).url];
    const prepared = new Response(formOf({ image: jpegOf(640, 640, 500) }));
    contentType = prepared.headers.get('content-type')!;
    body = Buffer.from(await prepared.arrayBuffer());
  });
  afterAll(async () => {
    await agent.close();
    await bed?.service.close();
  });

  async function attempt(key: string, number: number): Promise<Told> {
    const {
      statusCode,
      headers,
      body: answer,
    } = await request(`${urls[number % 2]!}/v1/verifications`, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'x-api-key': 'key-of-a', 'content-type': contentType, 'idempotency-key': key },
      body,
    });
    const text = await answer.text();
    if (statusCode !== IN_FLIGHT) return { status: statusCode, location: headers['location'], text };
    await sleep(Number(headers['retry-after']) * 1000);
    return attempt(key, number);
  }

  /** Gathers the different replies that the attempts of each key got. */
  async function run(keys: string[], replies: Map<string, Set<string>>): Promise<void> {
    for (let key = keys.pop(); key; key = keys.pop()) {
      const one = key;
      const told = await Promise.all(Array.from({ length: ATTEMPTS }, (_, number) => attempt(one, number)));
      replies.set(one, new Set(told.map((reply) => JSON.stringify(reply))));
    }
  }

  it('are as many cases, and every attempt of a key gets the same reply', async () => {
    const keys = Array.from({ length: KEYS }, () => randomUUID());
    const replies = new Map<string, Set<string>>();
    await Promise.all(Array.from({ length: KEYS_AT_ONCE }, () => run(keys, replies)));
    expect(replies.size).toBe(KEYS);
    expect([...replies.values()].filter(({ size }) => size !== 1)).toEqual([]);
    const told = [...replies.values()].map((set) => JSON.parse([...set][0]!) as Told);
    expect(new Set(told.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(told.map(({ location }) => location)).size).toBe(KEYS);
    expect([await bed.countOf('cases'), await bed.countOf('outbox')]).toEqual([KEYS, KEYS]);
  }, 600_000);
});
