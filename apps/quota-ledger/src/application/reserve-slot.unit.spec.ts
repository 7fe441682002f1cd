import { SlotRefusedV1, SlotReservedV1 } from '@absah/contracts';
import type { Transaction } from '@absah/messaging';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ReservationTry } from '../domain/reservation.js';
import { SlotBook } from './ports.js';
import { ReserveSlot } from './reserve-slot.js';

const match = {
  caseId: '01997a00-0000-7000-8000-000000000001',
  subjectRef: 'a'.repeat(64),
  transactionId: '01997a00-0000-7000-8000-000000000002',
  matchScore: 0.97,
  operatorId: 'operator-a',
  document: 'nik' as const,
};
const expiresAt = new Date('2026-07-01T00:30:00.000Z');
const overtaken: ReservationTry = { cap: 3, held: [1], taken: undefined, answeredBefore: false };
const taken: ReservationTry = { ...overtaken, held: [1, 2], taken: { slotNumber: 3, expiresAt } };
const full: ReservationTry = { ...overtaken, held: [1, 2, 3] };

/** Answers the tries in order, the last one for ever. */
class ScriptedBook extends SlotBook {
  readonly refusals: string[] = [];
  tries = 0;
  answeredMeanwhile = false;

  constructor(private readonly script: readonly ReservationTry[]) {
    super();
  }

  override tryReserve(): Promise<ReservationTry> {
    const answer = this.script[Math.min(this.tries, this.script.length - 1)];
    this.tries += 1;
    return answer ? Promise.resolve(answer) : Promise.reject(new Error('no script'));
  }

  override refuse(_tx: Transaction, request: { caseId: string }): Promise<boolean> {
    if (this.answeredMeanwhile) return Promise.resolve(false);
    this.refusals.push(request.caseId);
    return Promise.resolve(true);
  }

  override adopt = unexpected;
  override post = unexpected;
  override historyOf = unexpected;
  override freePending = unexpected;
  override releasePosted = unexpected;
  override claimUnchecked = unexpected;
}

function unexpected(): Promise<never> {
  return Promise.reject(new Error('not part of a reservation'));
}

describe('ReserveSlot', () => {
  let emitted: { name: string; payload: unknown }[];
  let tx: Transaction;

  beforeEach(() => {
    emitted = [];
    const emit: Transaction['emit'] = (contract, payload) =>
      void emitted.push({ name: contract.name, payload });
    tx = { emit } as Transaction;
  });

  it('Q2 announces the slot that it took after being overtaken twice', async () => {
    const book = new ScriptedBook([overtaken, overtaken, taken]);
    await new ReserveSlot(book).forMatch(tx, match);
    const { caseId, subjectRef } = match;
    const payload = {
      caseId,
      subjectRef,
      reservationId: expect.any(String),
      slotNumber: 3,
      expiresAt: expiresAt.toISOString(),
    };
    expect(emitted).toEqual([{ name: SlotReservedV1.name, payload }]);
    expect(book.tries).toBe(3);
  });

  it('Q1 announces and remembers a refusal', async () => {
    const book = new ScriptedBook([full]);
    await new ReserveSlot(book).forMatch(tx, match);
    const { caseId, subjectRef } = match;
    expect(emitted).toEqual([
      { name: SlotRefusedV1.name, payload: { caseId, subjectRef, reason: 'cap-reached', cap: 3 } },
    ]);
    expect(book.refusals).toEqual([caseId]);
  });

  it('Q2 announces no refusal of a case that was answered meanwhile', async () => {
    const book = new ScriptedBook([full]);
    book.answeredMeanwhile = true;
    await new ReserveSlot(book).forMatch(tx, match);
    expect(emitted).toEqual([]);
  });

  it('Q2 says nothing to a request that was answered before', async () => {
    await new ReserveSlot(new ScriptedBook([{ ...full, answeredBefore: true }])).forMatch(tx, match);
    expect(emitted).toEqual([]);
  });

  it('Q1 hands the message back when others are always faster', async () => {
    const reserving = new ReserveSlot(new ScriptedBook([overtaken])).forMatch(tx, match);
    await expect(reserving).rejects.toMatchObject({ kind: 'conflict', code: 'QUOTA.SLOTS_CONTENDED' });
    expect(emitted).toEqual([]);
  });
});
