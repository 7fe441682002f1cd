import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  PersonKeyStore,
  type DestroyedKey,
  type KeyCounts,
  type StoredKey,
  type WrappedAnew,
} from '../application/ports.js';

interface KeyRow {
  readonly key_id: string;
  readonly subject_ref: string;
  readonly wrapped_key: Buffer;
  readonly kek_id: string;
}

const LIVING = 'SELECT key_id, subject_ref, wrapped_key, kek_id FROM person_keys WHERE destroyed_at IS NULL';

/** No key id is smaller. */
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Plain SQL: every verification passes here. */
@Injectable()
export class PersonKeyRepository extends PersonKeyStore {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async ofSubjects(subjectRefs: readonly string[]): Promise<readonly StoredKey[]> {
    const sql = `${LIVING} AND subject_ref = ANY($1::text[])`;
    return (await this.dataSource.query<KeyRow[]>(sql, [subjectRefs])).map(toStoredKey);
  }

  async byIds(keyIds: readonly string[]): Promise<readonly StoredKey[]> {
    const sql = `${LIVING} AND key_id = ANY($1::uuid[])`;
    return (await this.dataSource.query<KeyRow[]>(sql, [keyIds])).map(toStoredKey);
  }

  async destroyedOf(keyIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.query<{ key_id: string }[]>(
      'SELECT key_id FROM person_keys WHERE destroyed_at IS NOT NULL AND key_id = ANY($1::uuid[])',
      [keyIds],
    );
    return new Set(rows.map(({ key_id }) => key_id));
  }

  async add(keys: readonly StoredKey[]): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.query<{ key_id: string }[]>(
      `INSERT INTO person_keys (key_id, subject_ref, wrapped_key, kek_id)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[])
       ON CONFLICT (subject_ref) WHERE destroyed_at IS NULL DO NOTHING
       RETURNING key_id`,
      [
        keys.map(({ keyId }) => keyId),
        keys.map(({ subjectRef }) => subjectRef),
        keys.map(({ wrapped }) => Buffer.from(wrapped.bytes)),
        keys.map(({ wrapped }) => wrapped.kekId),
      ],
    );
    return new Set(rows.map(({ key_id }) => key_id));
  }

  async underKek(kekId: string, after: string | undefined, limit: number): Promise<readonly StoredKey[]> {
    const sql = `${LIVING} AND kek_id = $1 AND key_id > $2 ORDER BY key_id LIMIT $3`;
    return (await this.dataSource.query<KeyRow[]>(sql, [kekId, after ?? FIRST, limit])).map(toStoredKey);
  }

  async replaceWrapped(changes: readonly WrappedAnew[]): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      `UPDATE person_keys AS stored SET wrapped_key = anew.wrapped_key, kek_id = anew.kek_id
       FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::text[]) AS anew (key_id, before, wrapped_key, kek_id)
       WHERE stored.key_id = anew.key_id AND stored.wrapped_key = anew.before`,
      [
        changes.map(({ from }) => from.keyId),
        changes.map(({ from }) => Buffer.from(from.wrapped.bytes)),
        changes.map(({ to }) => Buffer.from(to.bytes)),
        changes.map(({ to }) => to.kekId),
      ],
    );
    return count;
  }

  async count(): Promise<KeyCounts> {
    const byKek = await this.dataSource.query<KeyCounts['byKek']>(
      `SELECT kek_id AS "kekId", count(*)::int AS "keyCount" FROM person_keys
       WHERE destroyed_at IS NULL GROUP BY kek_id ORDER BY kek_id`,
    );
    const [destroyed] = await this.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::int FROM person_keys WHERE destroyed_at IS NOT NULL',
    );
    return { byKek, destroyedCount: destroyed?.count ?? 0 };
  }

  async destroy({ manager }: Transaction, subjectRef: string): Promise<DestroyedKey | undefined> {
    const [rows] = await manager.query<[{ key_id: string; destroyed_at: Date }[], number]>(
      `UPDATE person_keys SET wrapped_key = NULL, kek_id = NULL, destroyed_at = now()
       WHERE subject_ref = $1 AND destroyed_at IS NULL RETURNING key_id, destroyed_at`,
      [subjectRef],
    );
    return rows[0] && { keyId: rows[0].key_id, destroyedAt: rows[0].destroyed_at };
  }
}

function toStoredKey(row: KeyRow): StoredKey {
  return {
    keyId: row.key_id,
    subjectRef: row.subject_ref,
    wrapped: { kekId: row.kek_id, bytes: row.wrapped_key },
  };
}
