import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateFeedbackRecords1782885600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // An accepted row keeps no identity, not even sealed: nobody needs it any more.
    await runner.query(`
      CREATE TABLE feedback_records (
        id uuid PRIMARY KEY,
        case_id uuid NOT NULL UNIQUE,
        subject_ref text NOT NULL,
        sealed_nik text,
        sealed_msisdn text,
        status text NOT NULL DEFAULT 'due' CHECK (status IN ('due', 'accepted', 'rejected')),
        answer text,
        attempts integer NOT NULL DEFAULT 0,
        due_since timestamptz NOT NULL DEFAULT now(),
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        claim uuid,
        settled_at timestamptz,
        CHECK ((status = 'accepted') = (sealed_nik IS NULL AND sealed_msisdn IS NULL))
      );
      CREATE INDEX feedback_records_due ON feedback_records (next_attempt_at) WHERE status = 'due';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE feedback_records;');
  }
}
