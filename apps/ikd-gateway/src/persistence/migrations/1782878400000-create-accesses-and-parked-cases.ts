import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccessesAndParkedCases1782878400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE registry_accesses (
        id uuid PRIMARY KEY,
        accessed_at timestamptz NOT NULL,
        duration_ms integer NOT NULL,
        accessor text NOT NULL,
        host text NOT NULL,
        purpose text NOT NULL,
        agreement text NOT NULL,
        case_id uuid NOT NULL,
        subject_ref text NOT NULL,
        transaction_id uuid NOT NULL,
        answer_code text NOT NULL
      );
      CREATE INDEX registry_accesses_subject ON registry_accesses (subject_ref, accessed_at);
      CREATE TABLE parked_cases (
        case_id uuid PRIMARY KEY,
        subject_ref text NOT NULL,
        template_id uuid NOT NULL,
        sealed_nik text NOT NULL,
        model_chain text NOT NULL,
        cause text NOT NULL,
        attempts integer NOT NULL DEFAULT 1,
        parked_at timestamptz NOT NULL DEFAULT now(),
        next_attempt_at timestamptz NOT NULL,
        claim uuid
      );
      CREATE INDEX parked_cases_due ON parked_cases (next_attempt_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE parked_cases; DROP TABLE registry_accesses;');
  }
}
