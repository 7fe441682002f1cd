import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddTermsToParkedCases1795399000000 implements MigrationInterface {
  /** Cases parked before it keep their place: an operator nobody has, and the limit counted from their parking. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE parked_cases
        ADD COLUMN operator_id text NOT NULL DEFAULT 'unknown',
        ADD COLUMN document text NOT NULL DEFAULT 'nik',
        ADD COLUMN decide_by timestamptz NOT NULL DEFAULT now() + interval '72 hours';
      ALTER TABLE parked_cases
        ALTER COLUMN operator_id DROP DEFAULT,
        ALTER COLUMN document DROP DEFAULT,
        ALTER COLUMN decide_by DROP DEFAULT;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE parked_cases DROP COLUMN operator_id, DROP COLUMN document, DROP COLUMN decide_by',
    );
  }
}
