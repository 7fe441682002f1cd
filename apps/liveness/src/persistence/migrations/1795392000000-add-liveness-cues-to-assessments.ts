import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddLivenessCuesToAssessments1795392000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE assessments ADD COLUMN liveness_cues jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE assessments DROP COLUMN liveness_cues');
  }
}
