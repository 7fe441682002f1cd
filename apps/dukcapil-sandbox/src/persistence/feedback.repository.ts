import { parseMsisdn, parseNik, type Nik } from '@absah/domain-kit';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Feedback, ReceivedFeedback } from '../application/ports.js';
import type { FeedbackRow } from '../domain/feedback-row.js';
import { Vault } from './vault.js';

interface StoredRow {
  readonly content_index: string;
  readonly institution: string;
  readonly sealed_row: Buffer;
  readonly received_at: Date;
}

const COLUMNS = 'content_index, institution, sealed_row, received_at';
const LONGEST_LISTING = 1_000;

@Injectable()
export class FeedbackRepository implements Feedback {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async add(institution: string, rows: readonly FeedbackRow[]): Promise<boolean> {
    const stored = rows.map((row) => this.toStored(institution, row));
    return this.dataSource
      .transaction(async (manager) => {
        const inserted = await manager.query<unknown[]>(
          `INSERT INTO feedback (content_index, nik_index, institution, sealed_row)
           SELECT content_index, nik_index, $3, sealed_row
           FROM unnest($1::text[], $2::text[], $4::bytea[]) AS row (content_index, nik_index, sealed_row)
           ORDER BY content_index
           ON CONFLICT DO NOTHING RETURNING 1`,
          [
            stored.map((row) => row.contentIndex),
            stored.map((row) => row.nikIndex),
            institution,
            stored.map((row) => row.sealed),
          ],
        );
        if (inserted.length !== rows.length) throw new RepeatedRowError();
        return true;
      })
      .catch((error: unknown) => {
        if (error instanceof RepeatedRowError) return false;
        throw error;
      });
  }

  async latest(limit: number): Promise<readonly ReceivedFeedback[]> {
    const rows = await this.dataSource.query<StoredRow[]>(
      `SELECT ${COLUMNS} FROM feedback ORDER BY position DESC LIMIT $1`,
      [limit],
    );
    return rows.map((row) => this.toReceived(row));
  }

  async of(nik: Nik): Promise<readonly ReceivedFeedback[]> {
    const rows = await this.dataSource.query<StoredRow[]>(
      `SELECT ${COLUMNS} FROM feedback WHERE nik_index = $1 ORDER BY position LIMIT ${LONGEST_LISTING}`,
      [this.vault.nikIndex(nik)],
    );
    return rows.map((row) => this.toReceived(row));
  }

  async count(): Promise<number> {
    const rows = await this.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::integer AS count FROM feedback',
    );
    return rows[0]?.count ?? 0;
  }

  private toStored(institution: string, { nik, phone }: FeedbackRow) {
    const contentIndex = this.vault.digest('feedback', institution, nik, phone);
    return {
      contentIndex,
      nikIndex: this.vault.nikIndex(nik),
      sealed: this.vault.seal(`${nik} ${phone}`, contentIndex),
    };
  }

  private toReceived(row: StoredRow): ReceivedFeedback {
    const [nik, phone] = this.vault.openText(row.sealed_row, row.content_index).split(' ');
    const [parsedNik, parsedPhone] = [parseNik(nik ?? ''), parseMsisdn(phone ?? '')];
    if (!parsedNik || !parsedPhone) throw new Error('a stored feedback row does not parse');
    return { nik: parsedNik, phone: parsedPhone, institution: row.institution, receivedAt: row.received_at };
  }
}

/** Rolls the whole call back: a refusal stores no row. */
class RepeatedRowError extends Error {}
