import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLedger1795305600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CAP_POLICIES);
    await runner.query(SLOTS);
    await runner.query(CAP_GUARD);
    await runner.query(LEDGER_ENTRIES);
    await runner.query(APPEND_ONLY_GUARD);
    await runner.query(REFUSALS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE refusals, ledger_entries, slots, cap_policies');
    await runner.query('DROP FUNCTION refuse_rewriting_the_ledger, stamp_cap_of_policy');
  }
}

const CAP_POLICIES = `
  CREATE TABLE cap_policies (
    scope text PRIMARY KEY,
    cap smallint NOT NULL CHECK (cap >= 1),
    changed_at timestamptz NOT NULL DEFAULT now()
  )`;

// Current holdings: what the ledger entries add up to. The primary key and the check are what keeps
// Q1, whatever the code does: there are only numbers 1 to cap, and each can be held once.
const SLOTS = `
  CREATE TABLE slots (
    scope text NOT NULL,
    scope_key text NOT NULL,
    slot_number smallint NOT NULL,
    cap smallint NOT NULL,
    reservation_id uuid NOT NULL UNIQUE,
    case_id uuid NOT NULL UNIQUE,
    round smallint NOT NULL,
    subject_ref text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'posted')),
    expires_at timestamptz,
    CONSTRAINT one_holder_per_slot PRIMARY KEY (scope, scope_key, slot_number),
    CONSTRAINT slot_within_cap CHECK (slot_number BETWEEN 1 AND cap),
    CHECK ((state = 'pending') = (expires_at IS NOT NULL))
  );
  CREATE INDEX slots_by_expiry ON slots (expires_at) WHERE state = 'pending'`;

// The cap comes from the policy row and never from the statement that inserts. A foreign key on
// (scope, cap) would do the same, but every reservation of the country would share-lock one row.
const CAP_GUARD = `
  CREATE FUNCTION stamp_cap_of_policy() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.cap := (SELECT cap FROM cap_policies WHERE scope = NEW.scope);
    RETURN NEW;
  END $$;
  CREATE TRIGGER slots_take_cap_of_policy BEFORE INSERT OR UPDATE OF scope, scope_key, slot_number, cap ON slots
    FOR EACH ROW EXECUTE FUNCTION stamp_cap_of_policy()`;

// The unique index says: one pending entry per request, and one resolution at most.
const LEDGER_ENTRIES = `
  CREATE TABLE ledger_entries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transfer_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('pending', 'posted', 'released')),
    subject_ref text NOT NULL,
    scope text NOT NULL,
    slot_number smallint NOT NULL,
    case_id uuid NOT NULL,
    round smallint NOT NULL CHECK (round >= 1),
    at timestamptz NOT NULL DEFAULT now()
  );
  CREATE UNIQUE INDEX each_phase_of_a_transfer_once ON ledger_entries (case_id, round, (kind = 'pending'));
  CREATE INDEX ledger_entries_by_subject ON ledger_entries (subject_ref)`;

const APPEND_ONLY_GUARD = `
  CREATE FUNCTION refuse_rewriting_the_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'ledger entries are append-only' USING ERRCODE = 'integrity_constraint_violation';
  END $$;
  CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_the_ledger()`;

const REFUSALS = `
  CREATE TABLE refusals (
    case_id uuid PRIMARY KEY,
    subject_ref text NOT NULL,
    cap smallint NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
  )`;
