import {
  CapturePassedV1,
  DEAD_LETTER_REPLAYED,
  DEAD_LETTERS,
  OPERATOR,
  SERVICE_NAMES,
  type PayloadOf,
} from '@absah/contracts';
import { ServiceError, uuidV7 } from '@absah/domain-kit';
import { brokerPermissions, connectNats, operatorPermissions, QueryClient } from '@absah/messaging';
import { createTestDatabase, startTestNats, waitFor, type TestDatabase } from '@absah/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { headers, type NatsConnection } from '@nats-io/nats-core';
import { capturePassed } from './capture-passed.builder.js';
import { effectHandler } from './effect-handler.js';
import { countEffects, startReplica, type Replica } from './harness.js';

const OWNER = 'template-extraction';
const { list, show, replay } = DEAD_LETTERS[OWNER];
const PASSWORD = 'test-only';
const everyone = [
  ...SERVICE_NAMES.map((user) => ({ user, ...brokerPermissions(user) })),
  { user: OPERATOR, ...operatorPermissions() },
].map((one) => ({ ...one, password: PASSWORD }));

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let receiver: Replica;
let liveness: NatsConnection;
let operator: NatsConnection;
let desk: QueryClient;
/** What the handler stumbles over, while it does. */
let trouble: ServiceError | undefined;

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats(everyone)]);
  trouble = new ServiceError('denied', 'TEST.TROUBLE', 'the handler stumbled');
  receiver = await startReplica({
    service: OWNER,
    databaseUrl: database.url,
    natsUrl: nats.url,
    natsPassword: PASSWORD,
    handlers: [
      effectHandler({
        before: async () => {
          if (trouble) throw trouble;
        },
      }),
    ],
  });
  const as = (user: string) => connectNats({ url: nats.url, user, password: PASSWORD }, user);
  [liveness, operator] = await Promise.all([as('liveness'), as(OPERATOR)]);
  desk = new QueryClient(operator);
});

afterEach(async () => {
  await Promise.all([liveness.close(), operator.close()]);
  await receiver.close();
  await nats.stop();
  await database.drop();
});

async function bury(body: string, messageId = uuidV7()): Promise<string> {
  const own = headers();
  own.set('Nats-Msg-Id', messageId);
  own.set('Absah-Occurred-At', new Date().toISOString());
  own.set('Absah-Correlation-Id', uuidV7());
  liveness.publish(CapturePassedV1.subject, body, { headers: own });
  const buried = await waitFor(
    async () =>
      (await desk.ask(list, { limit: 10 })).letters.find((letter) => letter.messageId === messageId),
    { description: 'the dead letter' },
  );
  return buried.id;
}

function announcedReplays(): Promise<{ payload: object }[]> {
  const { subject } = DEAD_LETTER_REPLAYED[OWNER];
  return receiver.dataSource.query('SELECT payload FROM outbox WHERE subject = $1', [subject]);
}

describe('the desk for dead letters (G4, A1)', () => {
  it('lists them, the oldest first, with what went wrong', async () => {
    const first = await bury(JSON.stringify(capturePassed()));
    const second = await bury('{}');
    const { letters, total } = await desk.ask(list, { limit: 10 });
    expect(letters.map(({ id, code }) => [id, code])).toEqual([
      [first, 'TEST.TROUBLE'],
      [second, 'MESSAGING.PAYLOAD_INVALID'],
    ]);
    expect(total).toBe(2);
    expect(await desk.ask(list, { limit: 1 })).toMatchObject({ letters: [{ id: first }], total: 2 });
  });

  it('lists those of one code, and those behind one that is gone', async () => {
    const [first, second] = [await bury('{}'), await bury(JSON.stringify(capturePassed()))];
    const third = await bury('{}');
    const invalid = { limit: 10, code: 'MESSAGING.PAYLOAD_INVALID' };
    const idsOf = async (filter: PayloadOf<typeof list>) =>
      (await desk.ask(list, filter)).letters.map(({ id }) => id);
    expect(await idsOf(invalid)).toEqual([first, third]);
    expect((await desk.ask(list, { ...invalid, limit: 1 })).total).toBe(2);
    await receiver.dataSource.query('DELETE FROM dead_letters WHERE id = $1', [first]);
    expect(await idsOf({ limit: 10, after: first })).toEqual([second, third]);
    expect(await idsOf({ ...invalid, after: first })).toEqual([third]);
  });

  it('shows the fields of a letter but no sealed value (A3)', async () => {
    const sealedNik = 'Zm9yLXRoZS1nYXRld2F5LW9ubHk';
    const passed = capturePassed({ sealedNik });
    const shown = await desk.ask(show, { id: await bury(JSON.stringify(passed)) });
    expect(shown).toMatchObject({
      payload: { kind: 'fields', fields: { caseId: passed.caseId, sealedNik: '[sealed]' } },
    });
    expect(JSON.stringify(shown)).not.toContain(sealedNik);
  });

  it('shows nothing of a payload that breaks its contract, which may hold anything (A3)', async () => {
    const id = await bury('{"nik":"9999014101900001"}');
    const shown = await desk.ask(show, { id });
    expect(shown).toMatchObject({ payload: { kind: 'unreadable', byteLength: 26 } });
    expect(JSON.stringify(shown)).not.toContain('9999014101900001');
  });

  it('has a letter handled once more when the trouble is over, and tells the audit log who asked', async () => {
    const passed = capturePassed();
    const id = await bury(JSON.stringify(passed));
    trouble = undefined;
    expect(await desk.ask(replay, { id, requestedBy: 'duty-engineer' })).toEqual({ kind: 'handled' });
    expect(await receiver.dataSource.query('SELECT case_id FROM effects')).toEqual([
      { case_id: passed.caseId },
    ]);
    expect(await desk.ask(list, { limit: 10 })).toEqual({ letters: [], total: 0 });
    expect(await announcedReplays()).toMatchObject([
      { payload: { letterId: id, requestedBy: 'duty-engineer', outcome: 'handled' } },
    ]);
  });

  it('keeps a letter that fails again, with what it failed of, and tells that too', async () => {
    const id = await bury(JSON.stringify(capturePassed()));
    trouble = new ServiceError('unavailable', 'TEST.OTHER_TROUBLE', 'still not well');
    const failed = { kind: 'failed', code: 'TEST.OTHER_TROUBLE', reason: 'still not well' };
    expect(await desk.ask(replay, { id, requestedBy: 'duty-engineer' })).toEqual(failed);
    expect(await desk.ask(show, { id })).toMatchObject({
      letter: { code: 'TEST.OTHER_TROUBLE', deliveries: 2 },
    });
    expect(await announcedReplays()).toMatchObject([{ payload: { outcome: 'failed' } }]);
    expect(await countEffects(receiver.dataSource)).toBe(0);
  });

  it('gives no second effect to a letter whose message was handled meanwhile (B2)', async () => {
    const messageId = uuidV7();
    const id = await bury(JSON.stringify(capturePassed()), messageId);
    trouble = undefined;
    await receiver.dataSource.query(
      'INSERT INTO inbox (consumer, message_id) SELECT consumer, message_id FROM dead_letters',
    );
    expect(await desk.ask(replay, { id, requestedBy: 'duty-engineer' })).toEqual({ kind: 'handled' });
    expect(await countEffects(receiver.dataSource)).toBe(0);
    expect(await desk.ask(show, { id })).toEqual({ kind: 'missing' });
  });

  it('fails what has no envelope: nothing knows which message it was', async () => {
    const id = await bury(JSON.stringify(capturePassed()));
    await receiver.dataSource.query('UPDATE dead_letters SET envelope = NULL');
    trouble = undefined;
    expect(await desk.ask(replay, { id, requestedBy: 'duty-engineer' })).toMatchObject({
      kind: 'failed',
      code: 'MESSAGING.ENVELOPE_MISSING',
    });
  });

  it('does not know the letter of another service', async () => {
    const id = uuidV7();
    expect(await desk.ask(show, { id })).toEqual({ kind: 'missing' });
    expect(await desk.ask(replay, { id, requestedBy: 'duty-engineer' })).toEqual({ kind: 'missing' });
  });

  it('is open to the operator and to no service', async () => {
    await expect(new QueryClient(liveness).ask(list, { limit: 1 }, { timeoutMs: 500 })).rejects.toMatchObject(
      { code: 'MESSAGING.NO_ANSWER' },
    );
  });
});
