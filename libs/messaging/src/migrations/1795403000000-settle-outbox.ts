import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From "published" marks, which a broker can make untrue, to rows that leave when every consumer confirmed them. */
export class SettleOutbox1795403000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DUE_ROWS);
    await runner.query(INBOX_HORIZON);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE inbox_horizon;
      ALTER TABLE inbox ALTER COLUMN message_id TYPE text COLLATE "default";
      DROP INDEX outbox_due;
      ALTER TABLE outbox DROP COLUMN due_at, DROP COLUMN attempts, ADD COLUMN published_at timestamptz;
      CREATE INDEX outbox_unpublished ON outbox (created_at) WHERE published_at IS NULL;
    `);
  }
}

// Rows that an earlier release published are due as well: whether they arrived is not known.
const DUE_ROWS = `
  DROP INDEX outbox_unpublished;
  ALTER TABLE outbox
    DROP COLUMN published_at,
    ADD COLUMN due_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN attempts smallint NOT NULL DEFAULT 0;
  CREATE INDEX outbox_due ON outbox (due_at)`;

// Ids sort by time only byte by byte.
const INBOX_HORIZON = `
  ALTER TABLE inbox ALTER COLUMN message_id TYPE text COLLATE "C";
  CREATE TABLE inbox_horizon (
    consumer text PRIMARY KEY,
    settled_before text COLLATE "C" NOT NULL,
    marked_at timestamptz NOT NULL DEFAULT now()
  )`;
