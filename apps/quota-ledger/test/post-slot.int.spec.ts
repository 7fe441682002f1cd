import {
  SimActivatedV1,
  SlotPostedV1,
  SlotRefusedV1,
  SlotReleasedV1,
  SlotReservedV1,
} from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { sampleSubjectRef, waitFor } from '@absah/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { QuotaBed } from './quota-bed.js';

const FAST = { EXPIRY_INTERVAL_MS: '50' };

describe('an activation posts the reserved slot', () => {
  let bed: QuotaBed;
  let subjectRef: string;

  beforeEach(async () => {
    bed = await QuotaBed.open();
    subjectRef = sampleSubjectRef();
    await Promise.all([bed.service.startReplica(FAST), bed.service.startReplica(FAST)]);
  });

  afterEach(() => bed?.service.close());

  async function reserve(): Promise<string> {
    const caseId = uuidV7();
    await bed.match(caseId, subjectRef);
    await bed.bus.hears(SlotReservedV1, caseId);
    return caseId;
  }

  async function endReservation(caseId: string, secondsAgo: number): Promise<void> {
    await bed.service.rows(
      `UPDATE slots SET expires_at = now() - $2 * interval '1 second' WHERE case_id = $1`,
      caseId,
      secondsAgo,
    );
  }

  async function expire(caseId: string): Promise<void> {
    await endReservation(caseId, 61);
    await bed.bus.hears(SlotReleasedV1, caseId);
  }

  async function entriesOf(caseId: string): Promise<string[]> {
    const rows = await bed.service.rows<{ round: number; kind: string }>(
      'SELECT round, kind FROM ledger_entries WHERE case_id = $1 ORDER BY id',
      caseId,
    );
    return rows.map((row) => `${row.round} ${row.kind}`);
  }

  async function buriedCode(): Promise<string> {
    const find = async () => (await bed.service.rows<{ code: string }>('SELECT code FROM dead_letters'))[0];
    return (await waitFor(find, { description: 'a dead letter' })).code;
  }

  it('Q2 posts it once, whatever is delivered again', async () => {
    const caseId = await reserve();
    await bed.activate(caseId, subjectRef);
    const posted = await bed.bus.hears(SlotPostedV1, caseId);
    await bed.activate(caseId, subjectRef);
    await bed.bus.settled();
    expect(posted).toEqual({ caseId, subjectRef, reservationId: expect.any(String), slotNumber: 1 });
    expect(await entriesOf(caseId)).toEqual(['1 pending', '1 posted']);
    expect(await bed.service.rows('SELECT state, expires_at FROM slots')).toEqual([
      { state: 'posted', expires_at: null },
    ]);
    expect(bed.countHeard(SlotPostedV1)).toBe(1);
  });

  it('Q2 waits for a reservation that arrives after the activation', async () => {
    const caseId = uuidV7();
    await bed.activate(caseId, subjectRef);
    await bed.deliveredTwice(SimActivatedV1);
    expect(await entriesOf(caseId)).toEqual([]);
    await bed.match(caseId, subjectRef);
    await bed.bus.hears(SlotPostedV1, caseId);
    expect(await entriesOf(caseId)).toEqual(['1 pending', '1 posted']);
  });

  it('Q2 frees an expired slot once and gives it to the next', async () => {
    const [first, second] = [await reserve(), await reserve()];
    await expire(first);
    const next = await reserve();
    expect(await entriesOf(first)).toEqual(['1 pending', '1 released']);
    expect(await bed.service.rows('SELECT slot_number, case_id FROM slots ORDER BY slot_number')).toEqual([
      { slot_number: 1, case_id: next },
      { slot_number: 2, case_id: second },
    ]);
    expect(bed.countHeard(SlotReleasedV1)).toBe(1);
  });

  it('Q2 never releases a posted slot', async () => {
    const [posted, expired] = [await reserve(), await reserve()];
    await bed.activate(posted, subjectRef);
    await bed.bus.hears(SlotPostedV1, posted);
    await expire(expired);
    expect(await entriesOf(posted)).toEqual(['1 pending', '1 posted']);
  });

  it('Q2 keeps a slot for a grace beyond its time, so that an activation on its way still finds it', async () => {
    const [inGrace, expired] = [await reserve(), await reserve()];
    await endReservation(inGrace, 30);
    await expire(expired);
    expect(await entriesOf(inGrace)).toEqual(['1 pending']);
    await bed.activate(inGrace, subjectRef);
    await bed.bus.hears(SlotPostedV1, inGrace);
    expect(await entriesOf(inGrace)).toEqual(['1 pending', '1 posted']);
  });

  it('Q2 takes a slot again for a SIM that was activated after its reservation expired', async () => {
    const caseId = await reserve();
    await expire(caseId);
    await bed.activate(caseId, subjectRef);
    await bed.bus.hears(SlotPostedV1, caseId);
    expect(await entriesOf(caseId)).toEqual(['1 pending', '1 released', '2 pending', '2 posted']);
    expect(bed.countHeard(SlotReservedV1)).toBe(1);
  });

  it('Q1 buries a late activation when others took every slot', async () => {
    const late = await reserve();
    await expire(late);
    for (let i = 0; i < 3; i += 1) await reserve();
    await bed.activate(late, subjectRef);
    expect(await buriedCode()).toBe('QUOTA.NO_SLOT_AT_ACTIVATION');
    expect(await entriesOf(late)).toEqual(['1 pending', '1 released']);
    expect(await bed.service.rows('SELECT count(*)::int FROM slots')).toEqual([{ count: 3 }]);
  });

  it('Q1 buries the activation of a case that was refused', async () => {
    for (let i = 0; i < 3; i += 1) await reserve();
    const refused = uuidV7();
    await bed.match(refused, subjectRef);
    await bed.bus.hears(SlotRefusedV1, refused);
    await bed.activate(refused, subjectRef);
    expect(await buriedCode()).toBe('QUOTA.ACTIVATED_WITHOUT_GRANT');
    expect(await bed.service.rows('SELECT count(*)::int FROM slots')).toEqual([{ count: 3 }]);
  });
});
