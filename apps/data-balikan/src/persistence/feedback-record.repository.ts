import { randomUUID } from 'node:crypto';
import { uuidV7 } from '@absah/domain-kit';
import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ClaimedRecord, DueRecord, FeedbackRecords, SettledRecord } from '../application/ports.js';

interface ClaimedRow {
  readonly id: string;
  readonly case_id: string;
  readonly subject_ref: string;
  readonly sealed_nik: string;
  readonly sealed_msisdn: string;
  readonly attempts: number;
}

/** The database's clock decides what is due: the replicas' own may differ. */
@Injectable()
export class FeedbackRecordRepository implements FeedbackRecords {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async addDue({ manager }: Transaction, record: DueRecord): Promise<void> {
    await manager.query(
      `INSERT INTO feedback_records (id, case_id, subject_ref, sealed_nik, sealed_msisdn) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (case_id) DO NOTHING`,
      [uuidV7(), record.caseId, record.subjectRef, record.sealedNik, record.sealedMsisdn],
    );
  }

  /** A claim moves the next attempt behind the lease: what a dead replica held comes back by itself. */
  async claimDue(limit: number, leaseMs: number): Promise<readonly ClaimedRecord[]> {
    const claim = randomUUID();
    const [rows] = await this.dataSource.query<[ClaimedRow[], number]>(
      `UPDATE feedback_records SET claim = $1, next_attempt_at = now() + make_interval(secs => $2::float8 / 1000)
       WHERE id IN (SELECT id FROM feedback_records WHERE status = 'due' AND next_attempt_at <= now()
                    ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id, case_id, subject_ref, sealed_nik, sealed_msisdn, attempts`,
      [claim, leaseMs, limit],
    );
    return rows.map((row) => ({
      recordId: row.id,
      caseId: row.case_id,
      subjectRef: row.subject_ref,
      sealedNik: row.sealed_nik,
      sealedMsisdn: row.sealed_msisdn,
      attempts: row.attempts,
      claim,
    }));
  }

  async settle({ manager }: Transaction, settled: readonly SettledRecord[]): Promise<ReadonlySet<string>> {
    const [rows] = await manager.query<[{ id: string }[], number]>(
      `UPDATE feedback_records AS record
       SET status = result.status, answer = result.answer, settled_at = now(), claim = NULL, attempts = attempts + 1,
           sealed_nik = CASE WHEN result.status = 'accepted' THEN NULL ELSE sealed_nik END,
           sealed_msisdn = CASE WHEN result.status = 'accepted' THEN NULL ELSE sealed_msisdn END
       FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[]) AS result (id, claim, status, answer)
       WHERE record.id = result.id AND record.claim = result.claim
       RETURNING record.id`,
      [
        settled.map(({ record }) => record.recordId),
        settled.map(({ record }) => record.claim),
        settled.map(({ outcome }) => outcome.kind),
        settled.map(({ outcome }) => (outcome.kind === 'accepted' ? outcome.answer : outcome.cause)),
      ],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async postpone(records: readonly ClaimedRecord[], delayMs: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE feedback_records AS record SET claim = NULL, attempts = attempts + 1,
              next_attempt_at = now() + make_interval(secs => $3::float8 / 1000)
       FROM unnest($1::uuid[], $2::uuid[]) AS held (id, claim)
       WHERE record.id = held.id AND record.claim = held.claim`,
      [records.map((record) => record.recordId), records.map((record) => record.claim), delayMs],
    );
  }
}
