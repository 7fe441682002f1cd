import { randomUUID } from 'node:crypto';
import {
  CaptureRetakeRequestedV1,
  IdentityMatchedV1,
  IdentityParkedV1,
  SlotReservedV1,
  type EventContract,
  type VerificationView,
} from '@absah/contracts';
import { sampleEvent, waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed, type Submitted } from './intake-bed.js';
import { formOf, goodRequest, type IntakeClient } from './intake-client.js';

const SWEEPING = { DEADLINE_SWEEP_INTERVAL_MS: '50', ATTEMPTS_PER_SESSION: '1' };
const HALF_AN_HOUR_MS = 1_800_000;

/** More than two batches of the sweep. */
const STUCK_CASES = `
  INSERT INTO cases (id, operator_id, subject_ref, capture_id, sealed_nik, sealed_msisdn, consent,
                     received_at, decide_by, status, due_at)
  SELECT gen_random_uuid(), 'stuck', md5(n::text), gen_random_uuid(), 'nik', 'msisdn',
         '{}', now(), now() + interval '3 days', 'processing', now() + interval '1 minute'
  FROM generate_series(1, 250) AS n`;

describe('cases whose time is over, with two replicas', () => {
  let bed: IntakeBed;
  let client: IntakeClient;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    const replicas = [bed.startClient(SWEEPING), bed.startClient(SWEEPING)] as const;
    [client] = await Promise.all(replicas);
  });
  afterAll(() => bed?.service.close());

  async function openCase(sessionId?: string): Promise<Submitted> {
    const request = sessionId ? { ...goodRequest, sessionId } : goodRequest;
    return bed.submission((await client.submit(formOf({ request }))).body);
  }

  async function say(
    contract: EventContract,
    { caseId, subjectRef }: Submitted,
    fields: object = {},
  ): Promise<void> {
    await bed.bus.publish(contract, sampleEvent<EventContract>(contract, { caseId, subjectRef, ...fields }));
  }

  async function parkedCase(): Promise<Submitted> {
    const opened = await openCase();
    await say(IdentityParkedV1, opened);
    await settled(opened, 'parked');
    return opened;
  }

  async function approvedCase(): Promise<Submitted> {
    return bed.submission(await bed.approvedCase(client, HALF_AN_HOUR_MS));
  }

  async function caseForAssistance(): Promise<Submitted> {
    const opened = await openCase(randomUUID());
    await say(CaptureRetakeRequestedV1, opened);
    await settled(opened, 'needs-assistance');
    return opened;
  }

  async function deadlineOf({ caseId }: Submitted): Promise<number> {
    const [row] = await bed.service.rows<{ due_at: Date }>('SELECT due_at FROM cases WHERE id = $1', caseId);
    return row!.due_at.getTime();
  }

  async function minutesLeft(of: Submitted): Promise<number> {
    return Math.round(((await deadlineOf(of)) - Date.now()) / 60_000);
  }

  async function recognisedCase(): Promise<Submitted> {
    const opened = await openCase();
    await recorded(IdentityMatchedV1, opened);
    return opened;
  }

  async function recorded(contract: EventContract, about: Submitted): Promise<void> {
    const before = await bed.countOf('inbox');
    await say(contract, about);
    await waitFor(async () => (await bed.countOf('inbox')) > before, { description: contract.name });
  }

  /** As if the clocks went on. */
  async function minutesPass(minutes: number, { caseId }: Submitted): Promise<void> {
    await bed.service.rows(
      `UPDATE cases SET due_at = due_at - make_interval(mins => $2) WHERE id = $1`,
      caseId,
      minutes,
    );
  }

  /** For those that are not over: the others have no deadline, and must not. */
  async function timePasses(cases: readonly Submitted[]): Promise<void> {
    await bed.service.rows(
      `UPDATE cases SET due_at = now() WHERE id = ANY($1) AND due_at IS NOT NULL`,
      cases.map(({ caseId }) => caseId),
    );
  }

  async function settled({ caseId }: Submitted, status: VerificationView['status']): Promise<void> {
    await waitFor(async () => (await client.read(caseId)).body.status === status, {
      description: `the case to be ${status}`,
    });
  }

  /** A case that runs out of time now and is closed: a sweep has looked at all that was there before. */
  async function sweptOnce(): Promise<void> {
    const late = await openCase();
    await timePasses([late]);
    await settled(late, 'retake');
  }

  async function decisions({ caseId }: Submitted, count = 1): Promise<readonly unknown[]> {
    await bed.service.announced();
    await waitFor(() => bed.decisionsOn(caseId).length >= count, { description: 'the decision' });
    return bed.decisionsOn(caseId);
  }

  it('are closed as a retake while they are processed, each once', async () => {
    const late = await Promise.all(Array.from({ length: 48 }, () => openCase()));
    await timePasses(late);
    for (const one of late) await settled(one, 'retake');
    await sweptOnce();
    for (const one of late) {
      expect(await decisions(one)).toMatchObject([{ decision: 'retake', reasons: ['capture-expired'] }]);
    }
    expect((await client.read(late[0]!.caseId)).body).toMatchObject({
      decidedAt: expect.any(String),
      reasons: [{ code: 'capture-expired' }],
    });
  });

  it('are no failure of the person when they run out while they are processed (V8)', async () => {
    const late = await openCase();
    await timePasses([late]);
    await settled(late, 'retake');
    expect((await client.read(late.caseId)).body).not.toHaveProperty('nextAttemptAt');
  });

  it.each<[string, () => Promise<Submitted>, string, number]>([
    ['parked (V9)', parkedCase, 'not-decided-in-time', 2],
    ['approved (Q2)', approvedCase, 'not-activated-in-time', 2],
    ['waiting for assistance (V8)', caseForAssistance, 'not-assisted-in-time', 2],
  ])('expire while they are %s, and the operator is told', async (_, open, reason, count) => {
    const late = await open();
    await timePasses([late]);
    await settled(late, 'expired');
    const told = await decisions(late, count);
    expect(told).toHaveLength(count);
    expect(told.at(-1)).toMatchObject({ decision: 'expired', reasons: [reason] });
    expect((await client.read(late.caseId)).body.reasons).toEqual([
      { code: reason, advice: { id: expect.any(String), en: expect.any(String) } },
    ]);
  });

  it('expire when the person was recognised already but nobody answered about a slot', async () => {
    const late = await recognisedCase();
    await timePasses([late]);
    await settled(late, 'expired');
    expect(await decisions(late)).toMatchObject([{ decision: 'expired', reasons: ['not-decided-in-time'] }]);
  });

  it('have a time for their slot that begins with the match, however late it came', async () => {
    const opened = await openCase();
    await minutesPass(4, opened);
    await recorded(IdentityMatchedV1, opened);
    expect(await minutesLeft(opened)).toBe(2);
    await recorded(IdentityMatchedV1, opened);
    expect(await minutesLeft(opened)).toBe(2);
    await minutesPass(1, opened);
    await sweptOnce();
    await settled(opened, 'processing');
    await minutesPass(1, opened);
    await settled(opened, 'expired');
  });

  it('have that time also when word of the slot overtakes that of the match', async () => {
    const opened = await openCase();
    await recorded(SlotReservedV1, opened);
    expect(await minutesLeft(opened)).toBe(2);
    await minutesPass(2, opened);
    await settled(opened, 'expired');
  });

  it('have that time when they are back from a parking, and no more of the three days', async () => {
    const parked = await parkedCase();
    await recorded(IdentityMatchedV1, parked);
    await settled(parked, 'processing');
    expect(await minutesLeft(parked)).toBe(2);
    await minutesPass(2, parked);
    await settled(parked, 'expired');
    expect(await decisions(parked, 2)).toMatchObject([{ decision: 'parked' }, { decision: 'expired' }]);
  });

  it('stay closed when a fact comes late', async () => {
    const late = await openCase();
    await timePasses([late]);
    await settled(late, 'retake');
    const before = await bed.countOf('inbox');
    await say(IdentityMatchedV1, late);
    await say(SlotReservedV1, late);
    await waitFor(async () => (await bed.countOf('inbox')) === before + 2, { description: 'late facts' });
    expect((await client.read(late.caseId)).body.status).toBe('retake');
    expect(await decisions(late)).toHaveLength(1);
  });

  it('are closed although one among them cannot be', async () => {
    const [broken, whole] = [await openCase(), await openCase()];
    await bed.service.rows(
      `ALTER TABLE cases ADD CONSTRAINT stuck CHECK (id <> '${broken.caseId}' OR status = 'processing')`,
    );
    await timePasses([broken]);
    await timePasses([whole]);
    await settled(whole, 'retake');
    expect(await decisions(whole)).toHaveLength(1);
    await bed.service.rows('ALTER TABLE cases DROP CONSTRAINT stuck');
    await settled(broken, 'retake');
    const failures = bed.service.logged.filter((line) => line.includes('overdue case not closed'));
    expect(failures.some((line) => line.includes(broken.caseId))).toBe(true);
  });

  it('are closed although more of those before them cannot be than one batch holds', async () => {
    const whole = await openCase();
    await bed.service.rows(STUCK_CASES);
    await bed.service.rows(
      `ALTER TABLE cases ADD CONSTRAINT stuck CHECK (operator_id <> 'stuck' OR status = 'processing')`,
    );
    await bed.service.rows(`UPDATE cases SET due_at = now() WHERE operator_id = 'stuck'`);
    await timePasses([whole]);
    await settled(whole, 'retake');
    expect(await decisions(whole)).toHaveLength(1);
    await bed.service.rows('ALTER TABLE cases DROP CONSTRAINT stuck');
    await bed.service.rows(`DELETE FROM cases WHERE operator_id = 'stuck'`);
  });

  it('are not activated, however the clock and the operator race (Q1)', async () => {
    const cases = await Promise.all(Array.from({ length: 16 }, () => approvedCase()));
    const [answers] = await Promise.all([
      Promise.all(cases.map(({ caseId }) => client.activate(caseId))),
      timePasses(cases),
    ]);
    await sweptOnce();
    for (const [index, one] of cases.entries()) {
      const { status } = (await client.read(one.caseId)).body;
      expect(status).toBe(answers[index]!.status === 200 ? 'activated' : 'expired');
    }
  });

  it('have a deadline of their own in every status, and none once they are over', async () => {
    const started = Date.now();
    expect(await minutesLeft(await openCase())).toBe(5);
    expect(await minutesLeft(await recognisedCase())).toBe(2);
    const parked = await parkedCase();
    expect(await deadlineOf(parked)).toBe(Date.parse(parked.decideBy));
    const approved = await approvedCase();
    expect((await deadlineOf(approved)) - started).toBeGreaterThan(HALF_AN_HOUR_MS - 10_000);
    const assisted = await caseForAssistance();
    expect((await deadlineOf(assisted)) - started).toBeGreaterThan(71 * 3_600_000);
    await client.activate(approved.caseId);
    const over = await bed.service.rows('SELECT due_at FROM cases WHERE id = $1', approved.caseId);
    expect(over).toEqual([{ due_at: null }]);
  });

  it('cannot be stored without a deadline while they are open: the database refuses', async () => {
    const { caseId } = await openCase();
    await expect(bed.service.rows('UPDATE cases SET due_at = NULL WHERE id = $1', caseId)).rejects.toThrow(
      'every_open_case_has_a_deadline',
    );
  });

  it('are not those that are young, parked, or just back from a parking', async () => {
    const [young, parked, back] = [await openCase(), await parkedCase(), await parkedCase()];
    await bed.service.rows(
      `UPDATE cases SET received_at = received_at - interval '6 minutes' WHERE id = ANY($1)`,
      [parked.caseId, back.caseId],
    );
    await say(IdentityMatchedV1, back);
    await settled(back, 'processing');
    await sweptOnce();
    await settled(young, 'processing');
    await settled(parked, 'parked');
    await settled(back, 'processing');
  });
});
