import type { DeadLetterSummary } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import type { QueryClient } from '@absah/messaging';
import { describe, expect, it } from '@jest/globals';
import { DeadLettersDesk } from './desk.js';

interface Filter {
  readonly limit: number;
  readonly code?: string;
  readonly after?: string;
}

const letters: readonly DeadLetterSummary[] = Array.from({ length: 1_201 }, (_, index) => ({
  id: uuidV7(),
  consumer: 'audit-CapturePassedV1',
  subject: 'evt.liveness.capture.passed.v1',
  messageId: uuidV7(),
  deliveries: 1,
  code: index % 3 === 0 ? 'TEST.ONE' : 'TEST.OTHER',
  reason: 'the handler stumbled',
  buriedAt: '2026-07-01T08:00:00.000Z',
})).sort((one, other) => (one.id < other.id ? -1 : 1));

const ask = async (_: unknown, { limit, code, after = '' }: Filter) => {
  const wanted = letters.filter((one) => code === undefined || one.code === code);
  return { letters: wanted.filter(({ id }) => id > after).slice(0, limit), total: wanted.length };
};
const desk = new DeadLettersDesk({ ask } as unknown as QueryClient);

async function idsOf(code?: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { id } of desk.each('audit', code)) found.push(id);
  return found;
}

describe('the dead letters of one service', () => {
  it('are all given, once each, although a list holds 500', async () => {
    expect(await idsOf()).toEqual(letters.map(({ id }) => id));
  });

  it('are given by their code, wherever they are in the list', async () => {
    const expected = letters.filter(({ code }) => code === 'TEST.ONE').map(({ id }) => id);
    expect(expected).toHaveLength(401);
    expect(await idsOf('TEST.ONE')).toEqual(expected);
  });
});
