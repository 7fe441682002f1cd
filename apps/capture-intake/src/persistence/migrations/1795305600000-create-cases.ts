import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCases1795305600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // A case is updated two or three times within a second: room on its page keeps those updates
    // off the index (heap-only tuples).
    await runner.query(`
      CREATE TABLE cases (
        id uuid PRIMARY KEY,
        operator_id text NOT NULL,
        subject_ref text NOT NULL,
        capture_id uuid NOT NULL,
        sealed_nik text NOT NULL,
        sealed_msisdn text NOT NULL,
        consent jsonb NOT NULL,
        received_at timestamptz NOT NULL,
        status text NOT NULL CHECK (status IN
          ('processing', 'parked', 'approved', 'rejected', 'retake', 'activated', 'expired')),
        reasons text[] NOT NULL DEFAULT '{}',
        match_score double precision,
        matched_at timestamptz,
        reservation_id uuid,
        slot_reserved_at timestamptz,
        reservation_expires_at timestamptz,
        decided_at timestamptz,
        activated_at timestamptz,
        stages_ms jsonb NOT NULL DEFAULT '{}',
        CONSTRAINT approval_needs_match_and_slot CHECK (
          status NOT IN ('approved', 'activated')
          OR (matched_at IS NOT NULL AND slot_reserved_at IS NOT NULL)
        )
      ) WITH (fillfactor = 70)
    `);
    // For the sweep: cases are in it for the second that they take, so it stays a few pages.
    await runner.query(`
      CREATE INDEX cases_processing ON cases (received_at) WHERE status = 'processing'
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE cases');
  }
}
