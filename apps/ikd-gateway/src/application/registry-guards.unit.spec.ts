import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Logger } from '@absah/telemetry';
import { ikdGatewayConfig } from '../config.js';
import type { RegistryAnswer } from '../domain/registry-answer.js';
import { RegistryGuards, type Lane, type Question, type Turn } from './registry-guards.js';

const key = () => randomBytes(32).toString('base64');
const OPEN_MS = 80;
const TIMEOUT_MS = 60;

function guardsWith(settings: Readonly<Record<string, string>> = {}): RegistryGuards {
  const config = ikdGatewayConfig.parse({
    TRANSPORT_KEY: key(),
    IKD_URL: 'http://127.0.0.1:1',
    IKD_USER: 'gateway',
    IKD_PASSWORD: 'secret',
    CIRCUIT_UNANSWERED: '2',
    CIRCUIT_OPEN_MS: String(OPEN_MS),
    REGISTRY_TIMEOUT_MS: String(TIMEOUT_MS),
    ...settings,
  });
  return new RegistryGuards(
    config,
    new Logger({ service: 'ikd-gateway', level: 'silent', destination: { write: () => undefined } }),
  );
}

const matched: RegistryAnswer = {
  kind: 'compared',
  transactionId: '11111111-1111-4111-8111-111111111111',
  verdict: 'match',
  matchScore: 0.99,
};
const busy = (retryAfterMs?: number): RegistryAnswer => ({
  kind: 'unavailable',
  cause: 'busy',
  registryCode: '5000',
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});
const cut: RegistryAnswer = { kind: 'unavailable', cause: 'unreachable' };
const answering =
  (answer: RegistryAnswer): Question =>
  async () =>
    answer;
const hanging: Question = (signal) =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve({ kind: 'unavailable', cause: 'timed-out' }));
  });

/** Hangs until the test ends it, however slow the machine is: whoever waited for it would wait for ever. */
function held() {
  const { promise, resolve } = Promise.withResolvers<RegistryAnswer>();
  const question: Question = () => promise;
  return { question, end: () => resolve({ kind: 'unavailable', cause: 'timed-out' }) };
}
const PATIENT = { REGISTRY_TIMEOUT_MS: '20000' };

type Told = Turn<RegistryAnswer | undefined>;

function put(guards: RegistryGuards, question: Question, lane: Lane = 'new'): Promise<Told> {
  return guards.take(lane, () => guards.ask(lane, question));
}

const taken = (result: RegistryAnswer): Told => ({ kind: 'taken', result });
const notNow = (cause: string) => ({ kind: 'not-now', cause });

async function opened(guards: RegistryGuards, answer: RegistryAnswer): Promise<void> {
  for (let round = 0; round < 2; round += 1) await put(guards, answering(answer), 'backlog');
  expect(guards.backlog).toBe('stands');
}

describe('G4 the circuit around the registry', () => {
  it('ends a question at its time limit', async () => {
    expect(await put(guardsWith(), hanging)).toEqual(taken({ kind: 'unavailable', cause: 'timed-out' }));
  });

  it('turns new cases away at once and says why, as long as the registry is left alone', async () => {
    const guards = guardsWith();
    await opened(guards, busy());
    expect(await put(guards, answering(matched))).toEqual(notNow('busy'));
    await sleep(OPEN_MS + 20);
    expect(await put(guards, answering(matched))).toEqual(notNow('busy'));
  });

  it('lets one parked case find out, and everybody in once it had an answer', async () => {
    const guards = guardsWith();
    await opened(guards, cut);
    expect(await put(guards, answering(matched), 'backlog')).toEqual(notNow('unreachable'));
    await sleep(OPEN_MS + 20);
    expect(guards.backlog).toBe('probe');
    expect(await put(guards, answering(matched), 'backlog')).toEqual(taken(matched));
    expect(guards.backlog).toBe('flows');
    expect(await put(guards, answering(matched))).toEqual(taken(matched));
  });

  it('makes nobody wait for a probe that hangs', async () => {
    const guards = guardsWith(PATIENT);
    await opened(guards, cut);
    await sleep(OPEN_MS + 20);
    const { question, end } = held();
    const probe = put(guards, question, 'backlog');
    await sleep(10);
    expect(await put(guards, answering(matched))).toEqual(notNow('unreachable'));
    expect(await put(guards, answering(matched), 'backlog')).toEqual(notNow('unreachable'));
    expect(await guards.ask('new', answering(matched))).toBeUndefined();
    end();
    await probe;
    expect(guards.backlog).toBe('stands');
  });

  it('waits as long as the registry wants', async () => {
    const guards = guardsWith();
    await opened(guards, busy(300));
    await sleep(OPEN_MS + 50);
    expect(guards.backlog).toBe('stands');
    await sleep(200);
    expect(guards.backlog).toBe('probe');
  });

  it('stays closed on faults of single questions', async () => {
    const guards = guardsWith();
    const refused: RegistryAnswer = {
      kind: 'unavailable',
      cause: 'access-refused',
      registryCode: '6006',
      needsEngineer: true,
    };
    for (let round = 0; round < 5; round += 1) await put(guards, answering(refused));
    expect(guards.backlog).toBe('flows');
  });
});

describe('G4 the bulkhead around the registry', () => {
  const small = { REGISTRY_CONNECTIONS: '3', BACKLOG_PERCENT: '33', REGISTRY_QUEUE: '2' };

  it('parks at once what finds neither a connection nor a place in the queue', async () => {
    const guards = guardsWith({ ...small, ...PATIENT });
    const { question, end } = held();
    const first = Array.from({ length: 4 }, () => put(guards, question));
    expect(await put(guards, question)).toEqual(notNow('busy'));
    end();
    await Promise.all(first);
  });

  it('tells those that queued behind hanging questions when these end, and asks for none of them', async () => {
    const guards = guardsWith({ ...small, REGISTRY_QUEUE_WAIT_MS: '20' });
    let asked = 0;
    const counting: Question = (signal) => {
      asked += 1;
      return hanging(signal);
    };
    const told = await Promise.all(Array.from({ length: 4 }, () => put(guards, counting)));
    expect(told.map(({ kind }) => kind)).toEqual(['taken', 'taken', 'not-now', 'not-now']);
    expect(asked).toBe(2);
  });

  it('does not ask for a case that queued too long', async () => {
    const guards = guardsWith({ ...small, REGISTRY_QUEUE_WAIT_MS: '10' });
    const slow: Question = () => sleep(40, matched);
    const told = await Promise.all(Array.from({ length: 3 }, () => put(guards, slow)));
    expect(told).toEqual([taken(matched), taken(matched), notNow('busy')]);
  });

  it('runs each question in the context of its own case', async () => {
    const cases = new AsyncLocalStorage<number>();
    const guards = guardsWith({ ...small, REGISTRY_QUEUE_WAIT_MS: '5000' });
    const seen: (number | undefined)[] = [];
    const asking: Question = async () => {
      await sleep(5);
      seen.push(cases.getStore());
      return matched;
    };
    await Promise.all([1, 2, 3, 4].map((number) => cases.run(number, () => put(guards, asking))));
    expect(seen.toSorted()).toEqual([1, 2, 3, 4]);
  });

  it('keeps a share for parked cases while new ones rush, and the reverse', async () => {
    const guards = guardsWith({ ...small, CIRCUIT_UNANSWERED: '100' });
    const rush = Array.from({ length: 4 }, () => put(guards, hanging));
    expect(await put(guards, answering(matched), 'backlog')).toEqual(taken(matched));
    await Promise.all(rush);
    const backlog = put(guards, hanging, 'backlog');
    expect(await put(guards, hanging, 'backlog')).toEqual(notNow('busy'));
    expect(await put(guards, answering(matched))).toEqual(taken(matched));
    await backlog;
  });
});

describe('G4 the share of the parked cases', () => {
  it.each([
    ['24', '33', 8],
    ['16', '50', 8],
    ['2', '1', 1],
    ['2', '99', 1],
    ['64', '99', 63],
  ])('of %s connections, %s %%', (connections, percent, share) => {
    const guards = guardsWith({ REGISTRY_CONNECTIONS: connections, BACKLOG_PERCENT: percent });
    expect(guards.backlogConnections).toBe(share);
  });
});

describe('G4 second tries', () => {
  function counted(answer: RegistryAnswer) {
    let asked = 0;
    const question: Question = async () => {
      asked += 1;
      return answer;
    };
    return { question, asked: () => asked };
  }

  it.each<[string, RegistryAnswer, Lane, number]>([
    ['a connection that was cut', cut, 'new', 2],
    ['a time-out', { kind: 'unavailable', cause: 'timed-out' }, 'new', 1],
    ['a registry that says that it is busy', busy(), 'new', 1],
    ['a parked case', cut, 'backlog', 1],
    ['an answer', matched, 'new', 1],
  ])('after %s', async (_, answer, lane, expected) => {
    const { question, asked } = counted(answer);
    await put(guardsWith(), question, lane);
    expect(asked()).toBe(expected);
  });

  it('stay within their budget when everything fails', async () => {
    const guards = guardsWith({ CIRCUIT_UNANSWERED: '1000', RETRY_BUDGET_PERCENT: '10' });
    const { question, asked } = counted(cut);
    for (let round = 0; round < 100; round += 1) await put(guards, question);
    expect(asked()).toBeGreaterThanOrEqual(110);
    expect(asked()).toBeLessThanOrEqual(111);
  });
});
