import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePersonKeys1795407000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Ciphertext does not compress: EXTERNAL saves the attempt at every insert.
    await runner.query(`
      CREATE TABLE person_keys (
        key_id uuid PRIMARY KEY,
        subject_ref text NOT NULL,
        wrapped_key bytea STORAGE EXTERNAL,
        kek_id text,
        created_at timestamptz NOT NULL DEFAULT now(),
        destroyed_at timestamptz,
        CONSTRAINT destroyed_keys_are_gone
          CHECK ((destroyed_at IS NULL) = (wrapped_key IS NOT NULL AND kek_id IS NOT NULL))
      );
      CREATE UNIQUE INDEX one_living_key_per_subject ON person_keys (subject_ref) WHERE destroyed_at IS NULL;
      CREATE INDEX person_keys_by_kek ON person_keys (kek_id, key_id) WHERE destroyed_at IS NULL;
      CREATE TABLE kek_checks (
        kek_id text PRIMARY KEY,
        sealed bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE kek_checks; DROP TABLE person_keys;');
  }
}
