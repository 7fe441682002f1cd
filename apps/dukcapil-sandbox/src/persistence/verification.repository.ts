import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { RecordedAnswer, Verifications } from '../application/ports.js';
import { Vault } from './vault.js';

interface VerificationRow {
  readonly question_digest: string;
  readonly http_status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

@Injectable()
export class VerificationRepository implements Verifications {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  digestOf(question: readonly string[]): string {
    return this.vault.digest('question', ...question);
  }

  async record(transactionId: string, answer: RecordedAnswer): Promise<RecordedAnswer> {
    const inserted = await this.dataSource.query<unknown[]>(
      `INSERT INTO face_verifications (transaction_id, question_digest, http_status, body) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [transactionId, answer.questionDigest, answer.httpStatus, JSON.stringify(answer.body)],
    );
    return inserted.length === 1 ? answer : ((await this.find(transactionId)) ?? answer);
  }

  private async find(transactionId: string): Promise<RecordedAnswer | undefined> {
    const rows = await this.dataSource.query<VerificationRow[]>(
      'SELECT question_digest, http_status, body FROM face_verifications WHERE transaction_id = $1',
      [transactionId],
    );
    return rows.map((row) => ({
      questionDigest: row.question_digest,
      httpStatus: row.http_status,
      body: row.body,
    }))[0];
  }
}
