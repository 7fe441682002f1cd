import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLog1795305600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LOG_ENTRIES);
    await runner.query(TREE_HEADS);
    await runner.query(SUBTREE_HASHES);
    await runner.query(APPEND_ONLY_GUARD);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE subtree_hashes, tree_heads, log_entries');
    await runner.query('DROP FUNCTION refuse_rewriting_the_log');
  }
}

// Text where another service chose the value: a column that refuses one event would stop the log.
const LOG_ENTRIES = `
  CREATE TABLE log_entries (
    position bigint PRIMARY KEY,
    message_id text NOT NULL UNIQUE,
    subject text NOT NULL,
    case_id uuid,
    subject_ref text,
    occurred_at text NOT NULL,
    payload bytea NOT NULL,
    leaf_hash bytea NOT NULL
  );
  CREATE INDEX log_entries_by_case ON log_entries (case_id, position) WHERE case_id IS NOT NULL`;

const TREE_HEADS = `
  CREATE TABLE tree_heads (
    size bigint PRIMARY KEY,
    root_hash bytea NOT NULL,
    peaks bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
  )`;

const SUBTREE_HASHES = `
  CREATE TABLE subtree_hashes (
    level smallint NOT NULL,
    index bigint NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (level, index)
  )`;

// Against mistakes. Against somebody who owns the database, the hashes stand, and copies of them elsewhere.
const APPEND_ONLY_GUARD = `
  CREATE FUNCTION refuse_rewriting_the_log() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'integrity_constraint_violation';
  END $$;
  ${['log_entries', 'tree_heads', 'subtree_hashes']
    .map(
      (table) => `
  CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_the_log();`,
    )
    .join('')}`;
