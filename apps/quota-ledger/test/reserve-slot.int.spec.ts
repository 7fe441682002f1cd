import { SlotRefusedV1, SlotReservedV1 } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { sampleSubjectRef, waitFor } from '@absah/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { QuotaBed } from './quota-bed.js';

const REQUESTS = 64;
const MOST_RACES = 20;

describe('a match reserves a slot', () => {
  let bed: QuotaBed;
  const subjectRef = sampleSubjectRef();

  beforeEach(async () => {
    bed = await QuotaBed.open();
    await Promise.all([bed.service.startReplica(), bed.service.startReplica()]);
  });

  afterEach(() => bed?.service.close());

  /** Everybody wants a slot of the same person at the same time. */
  async function race(person: string): Promise<number[]> {
    const before = bed.countHeard(SlotReservedV1) + bed.countHeard(SlotRefusedV1);
    await Promise.all(Array.from({ length: REQUESTS }, () => bed.match(uuidV7(), person)));
    const answered = () =>
      bed.countHeard(SlotReservedV1) + bed.countHeard(SlotRefusedV1) === before + REQUESTS;
    await waitFor(answered, { description: 'an answer to every request', timeoutMs: 20_000 });
    const slots = await bed.service.rows<{ slot_number: number }>(
      'SELECT slot_number FROM slots WHERE subject_ref = $1 ORDER BY slot_number',
      person,
    );
    return slots.map((slot) => slot.slot_number);
  }

  it('Q1 gives 3 of 64 concurrent requests a slot, at two replicas, and refuses the others', async () => {
    expect(await race(subjectRef)).toEqual([1, 2, 3]);
    expect(bed.countHeard(SlotReservedV1)).toBe(3);
    expect(bed.countHeard(SlotRefusedV1)).toBe(REQUESTS - 3);
    expect(
      await bed.service.rows('SELECT kind, count(*)::int FROM ledger_entries GROUP BY kind ORDER BY 1'),
    ).toEqual([
      { kind: 'pending', count: 3 },
      { kind: 'refused', count: REQUESTS - 3 },
    ]);
    expect(await bed.service.rows('SELECT count(*)::int FROM dead_letters')).toEqual([{ count: 0 }]);
  });

  it('Q1 control: without the database guard the same race exceeds the cap', async () => {
    await bed.service.rows('ALTER TABLE slots DROP CONSTRAINT one_holder_per_slot');
    await bed.service.rows('ALTER TABLE slots DISABLE TRIGGER slots_keep_cap');
    await bed.service.rows(`ALTER TABLE slots ALTER cap SET DEFAULT 3, ALTER counted_within SET DEFAULT '*'`);
    let most = 0;
    // A race may be won by one connection alone, above all while the pools still open the others.
    for (let races = 0; races < MOST_RACES && most <= 3; races += 1) {
      most = Math.max(most, (await race(sampleSubjectRef())).length);
    }
    expect(most).toBeGreaterThan(3);
  });

  it('Q2 says which slot is held, and for how long by the clock of the database', async () => {
    const caseId = uuidV7();
    await bed.match(caseId, subjectRef);
    const reserved = await bed.bus.hears(SlotReservedV1, caseId);
    const [row] = await bed.service.rows<{ expires_at: Date; minutes: number }>(
      `SELECT expires_at, extract(epoch FROM expires_at - at)::float8 / 60 AS minutes
       FROM slots JOIN ledger_entries USING (case_id)`,
    );
    expect(row?.minutes).toBeCloseTo(30, 6);
    expect(reserved).toEqual({
      caseId,
      subjectRef,
      reservationId: expect.any(String),
      slotNumber: 1,
      expiresAt: row?.expires_at.toISOString(),
    });
  });

  it('Q2 delivers everything again without a second effect', async () => {
    const caseIds = Array.from({ length: 5 }, () => uuidV7());
    for (const caseId of caseIds) await bed.match(caseId, subjectRef);
    await bed.bus.settled();
    const before = await bed.service.rows('SELECT * FROM ledger_entries ORDER BY id');
    await bed.service.stopReplicas();
    await bed.forgetAcknowledgements();
    await Promise.all([bed.service.startReplica(), bed.service.startReplica()]);
    await bed.bus.settled();
    expect(await bed.service.rows('SELECT * FROM ledger_entries ORDER BY id')).toEqual(before);
    expect(await bed.service.rows('SELECT count(*)::int FROM outbox')).toEqual([{ count: 5 }]);
  });

  it('Q2 answers a case once, even when it is asked under another message id', async () => {
    const [held, , , refused] = Array.from({ length: 4 }, () => uuidV7());
    if (!held || !refused) throw new Error('four cases');
    for (const caseId of [held, uuidV7(), uuidV7()]) await bed.match(caseId, subjectRef);
    await bed.bus.settled();
    await bed.match(refused, subjectRef);
    await bed.bus.hears(SlotRefusedV1, refused);
    await bed.service.rows('DELETE FROM slots WHERE slot_number = 2');
    for (const caseId of [held, refused]) await bed.match(caseId, subjectRef);
    await bed.bus.settled();
    expect(await bed.service.rows('SELECT slot_number FROM slots ORDER BY 1')).toEqual([
      { slot_number: 1 },
      { slot_number: 3 },
    ]);
    expect(await bed.service.rows('SELECT count(*)::int FROM outbox')).toEqual([{ count: 4 }]);
  });
});
