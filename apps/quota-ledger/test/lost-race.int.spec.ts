import { uuidV7 } from '@absah/domain-kit';
import type { Transaction } from '@absah/messaging';
import { sampleSubjectRef, waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { Bookkeeping } from './bookkeeping.js';

const SOMEBODY_WAITS = `
  SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE datname = current_database() AND NOT granted`;

const silently = (manager: EntityManager): Transaction => ({ manager, emit: () => undefined });

describe('a reservation that looked before another was committed', () => {
  let books: Bookkeeping;
  const subjectRef = sampleSubjectRef();
  const about = { subjectRef, operatorId: 'operator-a', document: 'nik' } as const;

  beforeAll(async () => {
    books = await Bookkeeping.open();
  });
  afterAll(() => books.close());

  it('Q2 is handed back when the case was answered and ended meanwhile, and then finds the answer', async () => {
    const caseId = uuidV7();
    let behind: Promise<string> | undefined;
    await books.database.transaction(async (manager) => {
      const ahead = silently(manager);
      await books.book.tryReserve(ahead, { ...about, caseId, reservationId: uuidV7() });
      await books.book.freePending(ahead, [caseId]);
      behind = books.match(caseId, subjectRef);
      behind.catch(() => undefined);
      const isWaiting = async () => (await books.database.query<unknown[]>(SOMEBODY_WAITS)).length === 1;
      await waitFor(isWaiting, { description: 'the second to wait for the first' });
    });
    await expect(behind).rejects.toMatchObject({ kind: 'conflict', code: 'QUOTA.SLOTS_CONTENDED' });
    expect(await books.match(caseId, subjectRef)).toBe('answered-before');
    expect(await books.slotNumbersOf(subjectRef)).toEqual([]);
  });
});
