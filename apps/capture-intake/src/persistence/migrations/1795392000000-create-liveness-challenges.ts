import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLivenessChallenges1795392000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE liveness_challenges (
        id uuid PRIMARY KEY,
        operator_id text NOT NULL,
        nonce text NOT NULL,
        movements text[] NOT NULL,
        colours text[] NOT NULL,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        case_id uuid,
        CONSTRAINT used_by_a_case CHECK ((used_at IS NULL) = (case_id IS NULL))
      );
      CREATE INDEX liveness_challenges_expiry ON liveness_challenges (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE liveness_challenges');
  }
}
