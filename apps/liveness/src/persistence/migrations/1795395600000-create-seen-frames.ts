import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSeenFrames1795395600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE seen_frames (
        digest bytea PRIMARY KEY,
        capture_id uuid NOT NULL,
        seen_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX seen_frames_age ON seen_frames USING brin (seen_at);
      ALTER TABLE assessments ADD faces smallint NOT NULL DEFAULT 0;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE assessments DROP faces; DROP TABLE seen_frames');
  }
}
