import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PersonKeyStore, type StoredKey } from '../application/ports.js';

interface KeyRow {
  readonly key_id: string;
  readonly subject_ref: string;
  readonly wrapped_key: Buffer;
  readonly kek_id: string;
}

const LIVING = 'SELECT key_id, subject_ref, wrapped_key, kek_id FROM person_keys WHERE destroyed_at IS NULL';

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

  async add(keys: readonly StoredKey[]): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO person_keys (key_id, subject_ref, wrapped_key, kek_id)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[], $4::text[])
       ON CONFLICT (subject_ref) WHERE destroyed_at IS NULL DO NOTHING`,
      [
        keys.map(({ keyId }) => keyId),
        keys.map(({ subjectRef }) => subjectRef),
        keys.map(({ wrapped }) => Buffer.from(wrapped.bytes)),
        keys.map(({ wrapped }) => wrapped.kekId),
      ],
    );
  }
}

function toStoredKey(row: KeyRow): StoredKey {
  return {
    keyId: row.key_id,
    subjectRef: row.subject_ref,
    wrapped: { kekId: row.kek_id, bytes: row.wrapped_key },
  };
}
