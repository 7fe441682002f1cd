import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The three tables that every service with a database has. */
export class CreateMessaging1782864000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        id uuid PRIMARY KEY,
        subject text NOT NULL,
        payload json NOT NULL,
        envelope jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        published_at timestamptz
      );
      CREATE INDEX outbox_unpublished ON outbox (created_at) WHERE published_at IS NULL;
      CREATE TABLE inbox (
        consumer text NOT NULL,
        message_id text NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (consumer, message_id)
      );
      CREATE TABLE dead_letters (
        id uuid PRIMARY KEY,
        consumer text NOT NULL,
        message_id text NOT NULL,
        subject text NOT NULL,
        payload bytea NOT NULL,
        envelope jsonb,
        deliveries integer NOT NULL,
        code text NOT NULL,
        reason text NOT NULL,
        buried_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (consumer, message_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE dead_letters; DROP TABLE inbox; DROP TABLE outbox;');
  }
}
