import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexOpenChallenges1795405001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // For the limit per operator: the used ones, by far the most, are not in it.
    await runner.query(`
      CREATE INDEX liveness_challenges_open ON liveness_challenges (operator_id, expires_at) WHERE used_at IS NULL
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX liveness_challenges_open');
  }
}
