import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAssessments1782867600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE assessments (
        capture_id uuid PRIMARY KEY,
        case_id uuid NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('live', 'attack', 'retake')),
        liveness_score double precision CHECK (liveness_score BETWEEN 0 AND 1),
        reasons text[] NOT NULL,
        model_chain text,
        measures jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        purge_due boolean NOT NULL,
        purged_at timestamptz
      );
      CREATE INDEX assessments_purge_due ON assessments (created_at) WHERE purge_due;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE assessments');
  }
}
