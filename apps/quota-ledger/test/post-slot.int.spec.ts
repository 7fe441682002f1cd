import {
  SimActivatedV1,
  SimDeactivatedV1,
  SlotPostedV1,
  SlotRefusedV1,
  SlotReleasedV1,
  SlotReservedV1,
} from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { sampleSubjectRef, waitFor } from '@absah/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { QuotaBed } from './quota-bed.js';

const FAST = { EXPIRY_INTERVAL_MS: '50', CASE_CHECK_MS: '50' };

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

  /** The time of a reservation ran out half an hour ago, and in a second the intake will be asked about its case. */
  async function passTime(caseId: string): Promise<void> {
    await bed.service.rows(
      `UPDATE slots SET reserved_at = reserved_at - interval '1 hour', expires_at = expires_at - interval '1 hour',
                        check_at = now() + interval '1 second'
       WHERE case_id = $1`,
      caseId,
    );
  }

  async function expire(caseId: string): Promise<void> {
    await passTime(caseId);
    bed.over.add(caseId);
    await bed.bus.hears(SlotReleasedV1, caseId);
  }

  async function entriesOf(caseId: string): Promise<string[]> {
    const rows = await bed.service.rows<{ kind: string }>(
      'SELECT kind FROM ledger_entries WHERE case_id = $1 ORDER BY id',
      caseId,
    );
    return rows.map((row) => row.kind);
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
    expect(await entriesOf(caseId)).toEqual(['pending', 'posted']);
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
    expect(await entriesOf(caseId)).toEqual(['pending', 'posted']);
  });

  it('Q2 frees an expired slot once and gives it to the next', async () => {
    const [first, second] = [await reserve(), await reserve()];
    await expire(first);
    const next = await reserve();
    expect(await entriesOf(first)).toEqual(['pending', 'expired']);
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
    expect(await entriesOf(posted)).toEqual(['pending', 'posted']);
  });

  it('Q1 frees no slot by time alone, but asks about it ever more rarely', async () => {
    const caseId = await reserve();
    await passTime(caseId);
    const secondsToNextCheck = async () => {
      const sql = 'SELECT extract(epoch FROM check_at - now())::float8 AS seconds FROM slots';
      const [row] = await bed.service.rows<{ seconds: number }>(sql);
      return row && row.seconds > 2 && row.seconds;
    };
    const seconds = await waitFor(secondsToNextCheck, { description: 'the intake to have been asked' });
    // A quarter of the half hour that it is over its time.
    expect(seconds).toBeGreaterThan(440);
    expect(seconds).toBeLessThan(460);
    expect(await entriesOf(caseId)).toEqual(['pending']);
  });

  it('Q2 frees the slot of a case that ended before its time', async () => {
    const caseId = await reserve();
    bed.over.add(caseId);
    const released = await bed.bus.hears(SlotReleasedV1, caseId);
    expect(released.cause).toBe('voided');
    expect(await entriesOf(caseId)).toEqual(['pending', 'voided']);
    expect(await bed.service.rows('SELECT * FROM slots')).toEqual([]);
  });

  it('Q2 says of a slot that was freed after its time that it expired', async () => {
    const caseId = await reserve();
    await expire(caseId);
    expect(bed.bus.payloadsOf(SlotReleasedV1, caseId)[0]?.cause).toBe('expired');
  });

  it('Q2 posts what the intake calls active, and takes the activation that comes later as told', async () => {
    const caseId = await reserve();
    bed.activated.add(caseId);
    await bed.bus.hears(SlotPostedV1, caseId);
    await bed.activate(caseId, subjectRef);
    await bed.bus.settled();
    expect(await entriesOf(caseId)).toEqual(['pending', 'posted']);
    expect(bed.countHeard(SlotPostedV1)).toBe(1);
    expect(await bed.service.deadLetters()).toEqual([]);
  });

  it('Q1 buries an activation that the intake had ruled out, whether or not a slot is free', async () => {
    const late = await reserve();
    await expire(late);
    await bed.activate(late, subjectRef);
    expect(await buriedCode()).toBe('QUOTA.ACTIVATED_AFTER_ITS_END');
    expect(await entriesOf(late)).toEqual(['pending', 'expired']);
  });

  it('Q2 gives the slot of a deregistered SIM to the next, once', async () => {
    const [first, second] = [await reserve(), await reserve()];
    await bed.activate(first, subjectRef);
    await bed.bus.hears(SlotPostedV1, first);
    await bed.deactivate(first, subjectRef);
    const released = await bed.bus.hears(SlotReleasedV1, first);
    await bed.deactivate(first, subjectRef);
    const next = await reserve();
    expect(released.cause).toBe('deregistered');
    expect(await entriesOf(first)).toEqual(['pending', 'posted', 'released']);
    expect(await bed.service.rows('SELECT slot_number, case_id FROM slots ORDER BY slot_number')).toEqual([
      { slot_number: 1, case_id: next },
      { slot_number: 2, case_id: second },
    ]);
    expect(bed.countHeard(SlotReleasedV1)).toBe(1);
  });

  it('Q2 takes a deregistration that overtook reservation and activation', async () => {
    const caseId = uuidV7();
    await bed.deactivate(caseId, subjectRef);
    await bed.deliveredTwice(SimDeactivatedV1);
    await bed.match(caseId, subjectRef);
    await bed.bus.hears(SlotReleasedV1, caseId);
    await bed.activate(caseId, subjectRef);
    await bed.bus.settled();
    expect(await entriesOf(caseId)).toEqual(['pending', 'posted', 'released']);
    expect(await bed.service.deadLetters()).toEqual([]);
  });

  it('Q2 buries the deregistration of a case that never held a slot', async () => {
    const caseId = await reserve();
    await expire(caseId);
    await bed.deactivate(caseId, subjectRef);
    expect(await buriedCode()).toBe('QUOTA.DEREGISTERED_WITHOUT_SLOT');
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
