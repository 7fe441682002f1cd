import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { KekChecks, type KekCheck, type Wrapped } from '../application/ports.js';

interface CheckRow {
  readonly kek_id: string;
  readonly sealed: Buffer;
  readonly in_use: boolean;
}

@Injectable()
export class KekCheckRepository extends KekChecks {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async all(): Promise<readonly KekCheck[]> {
    const rows = await this.dataSource.query<CheckRow[]>(
      `SELECT kek_id, sealed, EXISTS (SELECT FROM person_keys AS keys
                                      WHERE keys.kek_id = checks.kek_id AND destroyed_at IS NULL) AS in_use
       FROM kek_checks AS checks ORDER BY created_at`,
    );
    return rows.map((row) => ({
      sealed: { kekId: row.kek_id, bytes: row.sealed },
      inUse: row.in_use,
    }));
  }

  async add({ kekId, bytes }: Wrapped): Promise<void> {
    await this.dataSource.query(
      'INSERT INTO kek_checks (kek_id, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [kekId, Buffer.from(bytes)],
    );
  }
}
