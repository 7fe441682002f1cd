import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddDeadlinesAndAttempts1795402000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
    await runner.query(DEADLINES_OF_OPEN_CASES);
    await runner.query(CONSTRAINTS);
    await runner.query(INDEXES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX cases_due, attempts_of_identity, attempts_of_session;
      ALTER TABLE cases
        DROP CONSTRAINT cases_status_check,
        DROP CONSTRAINT every_open_case_has_a_deadline,
        DROP CONSTRAINT approval_needs_match_and_slot,
        DROP COLUMN session_id, DROP COLUMN decide_by, DROP COLUMN due_at,
        DROP COLUMN next_attempt_at, DROP COLUMN deactivated_at,
        ADD CONSTRAINT cases_status_check CHECK (status IN
          ('processing', 'parked', 'approved', 'rejected', 'retake', 'activated', 'expired')) NOT VALID,
        ADD CONSTRAINT approval_needs_match_and_slot CHECK (
          status NOT IN ('approved', 'activated')
          OR (matched_at IS NOT NULL AND slot_reserved_at IS NOT NULL)
        );
      CREATE INDEX cases_processing ON cases (received_at) WHERE status = 'processing'`);
  }
}

const COLUMNS = `
  ALTER TABLE cases
    ADD COLUMN session_id uuid,
    ADD COLUMN decide_by timestamptz,
    ADD COLUMN due_at timestamptz,
    ADD COLUMN next_attempt_at timestamptz,
    ADD COLUMN deactivated_at timestamptz`;

const DEADLINES_OF_OPEN_CASES = `
  UPDATE cases SET
    decide_by = received_at + interval '72 hours',
    due_at = CASE status
      WHEN 'processing' THEN received_at + interval '5 minutes'
      WHEN 'parked' THEN received_at + interval '72 hours'
      WHEN 'approved' THEN reservation_expires_at
    END`;

// The second is what keeps a case from being forgotten, whatever the code does: only the clock moves on
// a case that nobody speaks of any more, and the clock finds it by its deadline.
const CONSTRAINTS = `
  ALTER TABLE cases
    ALTER COLUMN decide_by SET NOT NULL,
    DROP CONSTRAINT cases_status_check,
    DROP CONSTRAINT approval_needs_match_and_slot,
    ADD CONSTRAINT cases_status_check CHECK (status IN
      ('processing', 'parked', 'approved', 'needs-assistance', 'activated', 'rejected', 'retake', 'expired',
       'cancelled', 'deactivated')),
    ADD CONSTRAINT every_open_case_has_a_deadline CHECK (
      (status IN ('processing', 'parked', 'approved', 'needs-assistance')) = (due_at IS NOT NULL)
    ),
    ADD CONSTRAINT approval_needs_match_and_slot CHECK (
      status NOT IN ('approved', 'activated', 'deactivated')
      OR (matched_at IS NOT NULL AND slot_reserved_at IS NOT NULL)
    )`;

// Partial, so that each stays a few pages: open cases, and the failed attempts that V8 counts. Between two
// statuses no indexed column changes, which keeps those updates within the page (heap-only tuples).
const INDEXES = `
  DROP INDEX cases_processing;
  CREATE INDEX cases_due ON cases (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX attempts_of_identity ON cases (subject_ref)
    WHERE next_attempt_at IS NOT NULL OR status IN ('processing', 'parked');
  CREATE INDEX attempts_of_session ON cases (session_id, operator_id) WHERE session_id IS NOT NULL`;
