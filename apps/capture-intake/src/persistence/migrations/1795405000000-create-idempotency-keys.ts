import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIdempotencyKeys1795405000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // `json`, not `jsonb`: the reply is given again with its fields in the same order.
    await runner.query(`
      CREATE TABLE idempotency_keys (
        scope bytea PRIMARY KEY,
        fingerprint bytea NOT NULL,
        token uuid NOT NULL,
        leased_until timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        reply json,
        is_settled boolean NOT NULL DEFAULT false,
        CONSTRAINT settled_with_a_reply CHECK (NOT is_settled OR reply IS NOT NULL)
      ) WITH (fillfactor = 70);
      CREATE INDEX idempotency_keys_expiry ON idempotency_keys (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys');
  }
}
