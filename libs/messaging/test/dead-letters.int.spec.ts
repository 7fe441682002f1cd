import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CapturePassedV1 } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { createTestDatabase, startTestNats, waitFor, type TestDatabase } from '@absah/testing';
import { headers } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { createHash } from 'node:crypto';
import { capturePassed } from './capture-passed.builder.js';
import { effectHandler } from './effect-handler.js';
import { countEffects, startReplica, type Replica } from './harness.js';

interface Letter {
  readonly message_id: string;
  readonly payload: Buffer;
  readonly reason: string;
}

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let receiver: Replica;
let before: () => Promise<void>;

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
  before = async () => undefined;
  receiver = await startReplica({
    service: 'template-extraction',
    databaseUrl: database.url,
    natsUrl: nats.url,
    handlers: [effectHandler({ before: () => before() })],
  });
});

afterEach(async () => {
  await receiver.close();
  await nats.stop();
  await database.drop();
});

async function publish(messageId: string, body: string): Promise<void> {
  const connection = await connect({ servers: nats.url });
  const own = headers();
  own.set('Nats-Msg-Id', messageId);
  own.set('Absah-Occurred-At', new Date().toISOString());
  connection.publish(CapturePassedV1.subject, body, { headers: own });
  await connection.drain();
}

async function onlyLetter(): Promise<Letter> {
  const find = () => receiver.dataSource.query<Letter[]>('SELECT * FROM dead_letters');
  return waitFor(async () => (await find())[0], { description: 'the dead letter' });
}

describe('a dead letter', () => {
  it('is kept byte for byte when no text column could hold it, and what follows it is handled', async () => {
    const body = 'no JSON: \0 \\u0000 é';
    await publish('poison', body);
    await publish('good', JSON.stringify(capturePassed()));

    expect(await onlyLetter()).toMatchObject({ message_id: 'poison', payload: Buffer.from(body) });
    await waitFor(async () => (await countEffects(receiver.dataSource)) === 1, { description: 'the effect' });
  });

  it('is kept when its reason quotes a NUL', async () => {
    before = () => Promise.reject(new ServiceError('invalid', 'TEST.NUL', 'a\0b'));
    await publish('poison', JSON.stringify(capturePassed()));
    expect(await onlyLetter()).toMatchObject({ reason: 'a\uFFFDb' });
  });

  it('leaves its length and digest when the table refuses the rest', async () => {
    await receiver.dataSource.query('ALTER TABLE dead_letters ADD CHECK (octet_length(payload) < 100)');
    const body = 'x'.repeat(200);
    await publish('poison', body);
    const digest = createHash('sha256').update(body).digest('hex');
    expect((await onlyLetter()).payload.toString()).toBe(`200 bytes, SHA-256 ${digest}`);
  });
});
