import { CaptureRetakeRequestedV1 } from '@absah/contracts';
import { sampleEvent, waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed } from './intake-bed.js';

const OLD_CASES = 20_000;
const NEW_CASES = 20;

/** Cases that failed, succeeded or are open, of many people: what a table of some days holds. */
const FILL = `
  INSERT INTO cases (id, operator_id, subject_ref, capture_id, sealed_nik, sealed_msisdn, consent, session_id,
                     received_at, decide_by, status, matched_at, slot_reserved_at, decided_at, next_attempt_at, due_at)
  SELECT gen_random_uuid(), 'operator-a', md5((n / 3)::text) || md5(n::text), gen_random_uuid(), 'nik', 'msisdn',
         '{}', CASE WHEN n % 2 = 0 THEN gen_random_uuid() END, now(), now() + interval '3 days',
         (ARRAY['activated', 'retake', 'parked'])[1 + n % 3], now(), now(), now(),
         CASE WHEN n % 3 = 1 THEN now() END, CASE WHEN n % 3 = 2 THEN now() + interval '3 days' END
  FROM generate_series(1, ${OLD_CASES}) AS n`;

interface Activity {
  readonly inserted: number;
  readonly updated: number;
  readonly scanned: number;
}

describe('a table with many cases', () => {
  let bed: IntakeBed;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    await bed.service.startReplica();
    await bed.service.stopReplicas();
    await bed.service.rows(FILL);
    await bed.service.rows('ANALYZE cases');
  });
  afterAll(() => bed?.service.close());

  /** A connection that idles tells the server of its scans only after seconds; one that ends, as it ends. */
  async function untilConnectionsEnded(): Promise<void> {
    const others = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1`;
    await waitFor(async () => (await bed.service.rows(others, 'capture-intake')).length === 0, {
      description: "the service's connections to end",
    });
  }

  async function activity(): Promise<Activity> {
    const [row] = await bed.service.rows<Record<keyof Activity, string>>(
      `SELECT n_tup_ins AS inserted, n_tup_upd AS updated, seq_scan AS scanned
       FROM pg_stat_user_tables WHERE relname = 'cases'`,
    );
    return { inserted: Number(row!.inserted), updated: Number(row!.updated), scanned: Number(row!.scanned) };
  }

  /** Of the test's own connection, the server learns with a delay of about a second. */
  async function countedUpTo(inserted: number, updated: number): Promise<Activity> {
    return waitFor(
      async () => {
        const seen = await activity();
        return seen.inserted >= inserted && seen.updated >= updated && seen;
      },
      { description: 'the activity to be counted', timeoutMs: 15_000 },
    );
  }

  it('is never scanned: not by a submission, a fact, a failed attempt, nor by the sweep', async () => {
    await untilConnectionsEnded();
    const before = await countedUpTo(OLD_CASES, 0);
    const client = await bed.startClient({ DEADLINE_SWEEP_INTERVAL_MS: '100' });
    for (let index = 0; index < NEW_CASES; index += 1) {
      const { caseId, subjectRef } = await bed.submission((await client.submit()).body);
      const retake = sampleEvent(CaptureRetakeRequestedV1, { caseId, subjectRef });
      await bed.bus.publish(CaptureRetakeRequestedV1, retake);
      await waitFor(async () => (await client.read(caseId)).body.status === 'retake', {
        description: 'the retake',
      });
    }
    await bed.service.stopReplicas();
    await untilConnectionsEnded();
    const after = await countedUpTo(before.inserted + NEW_CASES, before.updated + NEW_CASES);
    expect(after.scanned).toBe(before.scanned);
  });
});
