import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing of a person is stored in the clear: sealed values, and digests to find them by. */
export class CreateRegistry1782882000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE people (
        nik_index text PRIMARY KEY,
        sealed_nik bytea NOT NULL,
        sealed_name bytea NOT NULL,
        sealed_template bytea NOT NULL,
        condition text NOT NULL,
        enrolled_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE face_verifications (
        transaction_id uuid PRIMARY KEY,
        question_digest text NOT NULL,
        http_status smallint NOT NULL,
        body json NOT NULL,
        answered_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE feedback (
        content_index text PRIMARY KEY,
        position bigint GENERATED ALWAYS AS IDENTITY,
        nik_index text NOT NULL,
        institution text NOT NULL,
        sealed_row bytea NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX feedback_nik ON feedback (nik_index);
      CREATE INDEX feedback_position ON feedback (position);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE feedback; DROP TABLE face_verifications; DROP TABLE people;');
  }
}
