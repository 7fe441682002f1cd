import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ciphertext does not compress: EXTERNAL saves the attempt at every insert. */
export class CreateTemplates1782871200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE templates (
        id uuid PRIMARY KEY,
        case_id uuid NOT NULL UNIQUE,
        capture_id uuid NOT NULL UNIQUE,
        sealed bytea STORAGE EXTERNAL NOT NULL,
        model_chain text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        purge_due boolean NOT NULL DEFAULT true,
        purged_at timestamptz
      );
      CREATE INDEX templates_purge_due ON templates (created_at) WHERE purge_due;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE templates');
  }
}
