import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLedger1795401000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await dropUnusedPredecessor(runner);
    const statements = [POLICIES, RULE_IN_FORCE, SLOTS, CAP_GUARD, HOLDER_GUARD, LEDGER_ENTRIES, APPEND_ONLY];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ledger_entries, slots, cap_rules, policy_revisions');
    await runner.query('DROP FUNCTION keep_rows_for_ever, keep_holder_of_slot, keep_cap, rule_in_force');
  }
}

/**
 * Tables of before the first release, whose slots know neither operator nor document. Nobody can tell under
 * which rule such a slot counts, so what was written there is not dropped: it would be SIMs that nobody counts (Q1).
 */
async function dropUnusedPredecessor(runner: QueryRunner): Promise<void> {
  for (const table of ['slots', 'ledger_entries']) await refuseToForget(runner, table);
  await runner.query('DROP TABLE IF EXISTS refusals, ledger_entries, slots, cap_policies');
  await runner.query('DROP FUNCTION IF EXISTS refuse_rewriting_the_ledger, stamp_cap_of_policy');
}

async function refuseToForget(runner: QueryRunner, table: string): Promise<void> {
  if (!(await runner.hasTable(table))) return;
  // A service of the old version may still be writing.
  await runner.query(`LOCK TABLE ${table}`);
  const written = await runner.manager.query<unknown[]>(`SELECT FROM ${table} LIMIT 1`);
  if (written.length > 0) {
    throw new Error(
      `"${table}" of an unreleased version holds rows, which cannot be carried over; give the service an empty database, and keep this one`,
    );
  }
}

// Every revision stays, so that it can be told which rule refused somebody, and who had set it.
const POLICIES = `
  CREATE TABLE policy_revisions (
    revision integer PRIMARY KEY CHECK (revision >= 1),
    adopted_by text NOT NULL,
    adopted_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE cap_rules (
    revision integer NOT NULL REFERENCES policy_revisions,
    document text NOT NULL CHECK (document IN ('nik', 'passport')),
    operator_id text NOT NULL,
    scope text NOT NULL CHECK (scope IN ('person', 'person-and-operator')),
    cap smallint NOT NULL CHECK (cap >= 1),
    PRIMARY KEY (revision, document, operator_id)
  )`;

// A rule of one operator goes before that of all, which is written '*'. In PL/pgSQL, because each connection
// keeps its plan; a function in SQL would be planned again within every reservation.
const RULE_IN_FORCE = `
  CREATE FUNCTION rule_in_force(of_document text, of_operator text)
  RETURNS TABLE (scope text, cap smallint) LANGUAGE plpgsql STABLE ROWS 1 AS $$
  BEGIN
    RETURN QUERY
      SELECT rules.scope, rules.cap FROM cap_rules AS rules
      WHERE rules.revision = (SELECT max(revision) FROM policy_revisions)
        AND rules.document = of_document AND rules.operator_id IN (of_operator, '*')
      ORDER BY rules.operator_id = '*' LIMIT 1;
  END $$`;

// Current holdings: what the ledger entries add up to.
const SLOTS = `
  CREATE TABLE slots (
    subject_ref text NOT NULL,
    counted_within text NOT NULL,
    slot_number smallint NOT NULL,
    cap smallint NOT NULL,
    transfer_id uuid NOT NULL,
    case_id uuid NOT NULL UNIQUE,
    operator_id text NOT NULL CHECK (operator_id <> '*'),
    document text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'posted')),
    reserved_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    check_at timestamptz,
    CONSTRAINT one_holder_per_slot PRIMARY KEY (subject_ref, counted_within, slot_number),
    CONSTRAINT slot_within_cap CHECK (slot_number BETWEEN 1 AND cap),
    CHECK ((state = 'pending') = (expires_at IS NOT NULL)),
    CHECK ((state = 'pending') = (check_at IS NOT NULL))
  );
  CREATE INDEX slots_to_check ON slots (check_at) WHERE state = 'pending'`;

// Cap and scope come from the policy, never from the statement that inserts. Whoever takes a slot of a
// person waits for whoever is taking another, then counts what is committed: numbers alone would not
// do once a cap was lowered, or while two scopes overlap. The very slot that is asked for is left to
// the primary key, which makes the loser of a race look again instead of fail.
const CAP_GUARD = `
  CREATE FUNCTION keep_cap() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    rule record;
    others integer;
  BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.subject_ref, 0));
    SELECT * INTO rule FROM rule_in_force(NEW.document, NEW.operator_id);
    NEW.cap := rule.cap;
    NEW.counted_within := CASE rule.scope WHEN 'person' THEN '*' ELSE NEW.operator_id END;
    SELECT count(*) INTO others FROM slots
    WHERE subject_ref = NEW.subject_ref AND (rule.scope = 'person' OR operator_id = NEW.operator_id)
      AND (counted_within, slot_number) <> (NEW.counted_within, NEW.slot_number);
    IF others >= NEW.cap THEN
      RAISE EXCEPTION 'the cap is reached' USING ERRCODE = 'check_violation', CONSTRAINT = 'held_within_cap';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER slots_keep_cap BEFORE INSERT ON slots FOR EACH ROW EXECUTE FUNCTION keep_cap()`;

// A held slot is posted or freed; it is never handed to somebody else, nor made pending again.
const HOLDER_GUARD = `
  CREATE FUNCTION keep_holder_of_slot() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'a held slot does not change hands' USING ERRCODE = 'integrity_constraint_violation';
  END $$;
  CREATE TRIGGER slots_keep_holder BEFORE UPDATE ON slots FOR EACH ROW
    WHEN ((OLD.subject_ref, OLD.counted_within, OLD.slot_number, OLD.cap, OLD.transfer_id, OLD.case_id,
           OLD.operator_id, OLD.document)
          IS DISTINCT FROM
          (NEW.subject_ref, NEW.counted_within, NEW.slot_number, NEW.cap, NEW.transfer_id, NEW.case_id,
           NEW.operator_id, NEW.document)
          OR (OLD.state = 'posted' AND NEW.state = 'pending'))
    EXECUTE FUNCTION keep_holder_of_slot()`;

// The life of a transfer, as keys: it begins once per case, each later kind follows the one that it
// needs, and of the three ways to resolve it there is room for one.
const LEDGER_ENTRIES = `
  CREATE TABLE ledger_entries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transfer_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('pending', 'posted', 'voided', 'expired', 'released', 'refused')),
    follows text GENERATED ALWAYS AS (
      CASE WHEN kind IN ('posted', 'voided', 'expired') THEN 'pending' WHEN kind = 'released' THEN 'posted' END
    ) STORED,
    subject_ref text NOT NULL,
    operator_id text NOT NULL,
    document text NOT NULL,
    case_id uuid NOT NULL,
    slot_number smallint,
    at timestamptz NOT NULL DEFAULT now(),
    CHECK ((kind = 'refused') = (slot_number IS NULL)),
    CONSTRAINT each_kind_once UNIQUE (transfer_id, kind),
    CONSTRAINT follows_its_phase FOREIGN KEY (transfer_id, follows) REFERENCES ledger_entries (transfer_id, kind)
  );
  CREATE UNIQUE INDEX one_answer_per_case ON ledger_entries (case_id) WHERE kind IN ('pending', 'refused');
  CREATE UNIQUE INDEX one_resolution_per_transfer ON ledger_entries (transfer_id)
    WHERE kind IN ('posted', 'voided', 'expired');
  CREATE INDEX ledger_entries_by_subject ON ledger_entries (subject_ref, id)`;

const APPEND_ONLY = `
  CREATE FUNCTION keep_rows_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
    FOR EACH STATEMENT EXECUTE FUNCTION keep_rows_for_ever();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON policy_revisions
    FOR EACH STATEMENT EXECUTE FUNCTION keep_rows_for_ever();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cap_rules
    FOR EACH STATEMENT EXECUTE FUNCTION keep_rows_for_ever()`;
