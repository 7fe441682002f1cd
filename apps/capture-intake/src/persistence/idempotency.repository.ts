import { randomUUID } from 'node:crypto';
import type { Transaction } from '@absah/messaging';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  IdempotencyStore,
  type HeldKey,
  type KeptReply,
  type KeyedRequest,
  type KeyState,
} from '../application/idempotency.js';
import type { CaptureIntakeConfig } from '../config.js';
import { refusal } from '../domain/errors.js';

interface KeyRow {
  readonly same_content: boolean;
  readonly reply: KeptReply | null;
  readonly is_settled: boolean;
  readonly is_abandoned: boolean;
}

/** Times are the database's: replicas whose clocks differ agree on who holds a key. */
@Injectable()
export class IdempotencyRepository extends IdempotencyStore {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(SERVICE_CONFIG)
    private readonly config: Pick<CaptureIntakeConfig, 'IDEMPOTENCY_LEASE_MS' | 'IDEMPOTENCY_KEPT_HOURS'>,
  ) {
    super();
  }

  async claim(request: KeyedRequest): Promise<KeyState> {
    const held = { ...request, token: randomUUID() };
    return (await this.take(held)) ? { kind: 'held', held } : this.stateOf(request);
  }

  async keep({ manager }: Transaction, held: HeldKey, reply: KeptReply, isFinal: boolean): Promise<void> {
    const [, count] = await manager.query<[unknown[], number]>(
      `UPDATE idempotency_keys SET reply = $3, is_settled = $4
       WHERE scope = $1 AND token = $2 AND reply IS NULL`,
      [held.scope, held.token, JSON.stringify(reply), isFinal],
    );
    if (count !== 1) throw refusal('INTAKE.IDEMPOTENCY_KEY_IN_FLIGHT');
  }

  async settle(held: HeldKey, reply: KeptReply): Promise<KeptReply> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      `UPDATE idempotency_keys SET reply = $3, is_settled = true
       WHERE scope = $1 AND token = $2 AND NOT is_settled`,
      [held.scope, held.token, JSON.stringify(reply)],
    );
    if (count === 1) return reply;
    // Whoever asked again after the lease was given what was kept, and this caller must hear the same.
    return (await this.read(held))?.reply ?? reply;
  }

  async release(held: HeldKey): Promise<void> {
    await this.dataSource.query(
      `UPDATE idempotency_keys
       SET leased_until = now(), expires_at = CASE WHEN reply IS NULL THEN now() ELSE expires_at END
       WHERE scope = $1 AND token = $2 AND NOT is_settled`,
      [held.scope, held.token],
    );
  }

  async forget(limit: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      `DELETE FROM idempotency_keys WHERE scope IN (
         SELECT scope FROM idempotency_keys WHERE expires_at <= now()
         ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
      [limit],
    );
    return count;
  }

  private async take({ scope, fingerprint, token }: HeldKey): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `INSERT INTO idempotency_keys AS known (scope, fingerprint, token, leased_until, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(secs => $4::float8 / 1000), now() + make_interval(hours => $5))
       ON CONFLICT (scope) DO UPDATE
       SET (fingerprint, token, leased_until, expires_at, reply, is_settled) =
           (excluded.fingerprint, excluded.token, excluded.leased_until, excluded.expires_at, NULL, false)
       WHERE known.expires_at <= now() OR (known.reply IS NULL AND known.leased_until <= now())
       RETURNING 1`,
      [scope, fingerprint, token, this.config.IDEMPOTENCY_LEASE_MS, this.config.IDEMPOTENCY_KEPT_HOURS],
    );
    return rows.length === 1;
  }

  private async stateOf(request: KeyedRequest): Promise<KeyState> {
    const row = await this.read(request);
    // Given up between the two statements: the next attempt will take it.
    if (!row) return { kind: 'in-flight' };
    if (!row.same_content) return { kind: 'other-content' };
    if (!row.reply) return { kind: 'in-flight' };
    if (row.is_settled) return { kind: 'answered', reply: row.reply };
    return row.is_abandoned ? this.answerAbandoned(request) : { kind: 'in-flight' };
  }

  /** The effect is there, and whoever had it gave no answer in time: from here on it is what was kept. */
  private async answerAbandoned(request: KeyedRequest): Promise<KeyState> {
    const [rows] = await this.dataSource.query<[{ reply: KeptReply }[], number]>(
      'UPDATE idempotency_keys SET is_settled = true WHERE scope = $1 AND NOT is_settled RETURNING reply',
      [request.scope],
    );
    const settled = rows[0];
    return settled ? { kind: 'answered', reply: settled.reply } : this.stateOf(request);
  }

  private async read({ scope, fingerprint }: KeyedRequest): Promise<KeyRow | undefined> {
    const rows = await this.dataSource.query<KeyRow[]>(
      `SELECT fingerprint = $2 AS same_content, reply, is_settled, leased_until <= now() AS is_abandoned
       FROM idempotency_keys WHERE scope = $1 AND expires_at > now()`,
      [scope, fingerprint],
    );
    return rows[0];
  }
}
