import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SealedTemplateV1, type PayloadOf } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { Answer, connectNats, QueryClient } from '@absah/messaging';
import { currentTraceparent, Logger, withTraceparent } from '@absah/telemetry';
import { createTestDatabase, startTestNats, type TestDatabase } from '@absah/testing';
import { Controller } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueryResponder } from '../src/query-responder.js';
import { startReplica, type Replica } from './harness.js';

type Question = PayloadOf<typeof SealedTemplateV1>;

const FOUND = { kind: 'found', sealed: 'c2VhbGVk', modelChain: 'test-chain' } as const;

let database: TestDatabase;
let nats: Awaited<ReturnType<typeof startTestNats>>;
let answering: Replica | undefined;
let connection: Awaited<ReturnType<typeof connectNats>>;
let queries: QueryClient;
let asked: { question: Question; traceparent: string | undefined }[];
let answer: () => Promise<unknown>;

@Controller()
class TemplateAnswers {
  @Answer(SealedTemplateV1)
  async find(@Payload() question: Question): Promise<unknown> {
    asked.push({ question, traceparent: currentTraceparent() });
    return answer();
  }
}

beforeEach(async () => {
  [database, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
  connection = await connectNats({ url: nats.url, user: '', password: '' }, 'ikd-gateway');
  queries = new QueryClient(connection);
  asked = [];
  answer = () => Promise.resolve(FOUND);
});

afterEach(async () => {
  await answering?.close();
  answering = undefined;
  await connection.close();
  await nats.stop();
  await database.drop();
});

async function startAnswering(): Promise<void> {
  answering = await startReplica({
    service: 'template-extraction',
    databaseUrl: database.url,
    natsUrl: nats.url,
    handlers: [TemplateAnswers],
  });
}

function ask(options?: { timeoutMs: number }) {
  return queries.ask(SealedTemplateV1, { templateId: randomUUID() }, options);
}

describe('a query', () => {
  it('is answered by its owner, in the trace of who asks', async () => {
    await startAnswering();
    const templateId = randomUUID();
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

    const reply = await withTraceparent(trace, () => queries.ask(SealedTemplateV1, { templateId }));

    expect(reply).toEqual(FOUND);
    expect(asked).toEqual([{ question: { templateId }, traceparent: trace }]);
  });

  it('that breaks its contract is refused by code and never reaches the handler', async () => {
    await startAnswering();
    const attempt = queries.ask(SealedTemplateV1, { templateId: 'no-uuid' });
    await expect(attempt).rejects.toMatchObject({ kind: 'invalid', code: 'MESSAGING.QUERY_INVALID' });
    expect(asked).toEqual([]);
  });

  it('that is no JSON is refused as well', async () => {
    await startAnswering();
    const raw = await connection.request(SealedTemplateV1.subject, 'no json', { timeout: 1_000 });
    expect(raw.json()).toMatchObject({ error: { code: 'MESSAGING.ANSWER_FAILED', kind: 'internal' } });
  });

  it("gets the answering service's own error by kind and code, without its details", async () => {
    await startAnswering();
    answer = () =>
      Promise.reject(
        new ServiceError('missing', 'TEMPLATE.PURGED', 'the template is gone', { details: { at: 'x' } }),
      );
    await expect(ask()).rejects.toMatchObject({ kind: 'missing', code: 'TEMPLATE.PURGED', details: {} });
  });

  it('gets no words of an unknown error', async () => {
    await startAnswering();
    answer = () => Promise.reject(new Error('value 9999015508900001 is wrong'));
    await expect(ask()).rejects.toMatchObject({
      kind: 'internal',
      code: 'MESSAGING.ANSWER_FAILED',
      message: 'the answer could not be made',
    });
  });

  it('whose answer breaks the contract fails at the answering side', async () => {
    await startAnswering();
    answer = () => Promise.resolve({ kind: 'found', sealed: '***', modelChain: 'test-chain' });
    await expect(ask()).rejects.toMatchObject({ code: 'MESSAGING.ANSWER_FAILED' });
  });

  it.each([
    ['breaks the contract', '{"kind":"who knows"}'],
    ['is no JSON', 'no json'],
  ])('whose reply %s fails as internal, not as a mistake of the asker', async (_, body) => {
    connection.subscribe(SealedTemplateV1.subject, {
      callback: (_error, message) => void message.respond(body),
    });
    await expect(ask()).rejects.toMatchObject({ kind: 'internal', code: 'MESSAGING.REPLY_INVALID' });
  });

  it('that nobody hears is unavailable after its time, and no later', async () => {
    const began = performance.now();
    await expect(ask({ timeoutMs: 500 })).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'MESSAGING.NO_ANSWER',
      retryAfterSeconds: 1,
    });
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('that nobody hears is answered by one who comes in time, as after a restart (U3)', async () => {
    const reply = ask({ timeoutMs: 10_000 });
    await sleep(300);
    await startAnswering();
    expect(await reply).toEqual(FOUND);
  });

  it('that is heard but not answered is unavailable after its time', async () => {
    await startAnswering();
    answer = () => sleep(2_000);
    const began = performance.now();
    await expect(ask({ timeoutMs: 300 })).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'MESSAGING.NO_ANSWER',
    });
    expect(performance.now() - began).toBeLessThan(1_500);
  });

  it('whose refusal cannot be sent breaks nothing', async () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const logger = new Logger({ service: 'template-extraction', destination });
    const tooLong = 'x'.repeat((connection.info?.max_payload ?? 0) + 1);
    const refuse = () => Promise.reject(new ServiceError('internal', 'TEST.TOO_LONG', tooLong));
    const responder = new QueryResponder(connection, SealedTemplateV1, refuse, logger);
    await responder.start();

    await expect(ask({ timeoutMs: 300 })).rejects.toMatchObject({ code: 'MESSAGING.NO_ANSWER' });

    await responder.stop();
    const messages = lines.map((line) => (JSON.parse(line) as { message: string }).message);
    expect(messages).toEqual(['query not answered', 'refusal not sent']);
  });

  it('under way is answered before its service stops', async () => {
    await startAnswering();
    answer = () => sleep(500, FOUND);
    const reply = ask();
    while (asked.length === 0) await sleep(10);

    await answering?.close();
    answering = undefined;

    expect(await reply).toEqual(FOUND);
    await expect(ask()).rejects.toMatchObject({ code: 'MESSAGING.NO_ANSWER' });
  });
});
