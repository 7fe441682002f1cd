import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CaseStore } from '../application/ports.js';
import type { CaseStatus } from '../domain/case-progress.js';
import type { VerificationCase } from '../domain/verification-case.js';
import { toCase, type CaseRow } from './case-row.js';

/** Plain SQL: each step of a case is one statement, and every verification pays for each of them. */
@Injectable()
export class CaseRepository extends CaseStore {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async insert(tx: Transaction, { admission, progress, dueAt }: VerificationCase): Promise<void> {
    await tx.manager.query(
      `INSERT INTO cases (id, operator_id, subject_ref, capture_id, sealed_nik, sealed_msisdn, consent,
                          session_id, received_at, decide_by, status, due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        admission.caseId,
        admission.operatorId,
        admission.subjectRef,
        admission.captureId,
        admission.sealedNik,
        admission.sealedMsisdn,
        admission.consent,
        admission.sessionId,
        admission.receivedAt,
        admission.decideBy,
        progress.status,
        dueAt,
      ],
    );
  }

  async lock(tx: Transaction, caseId: string): Promise<VerificationCase | undefined> {
    const rows = await tx.manager.query<CaseRow[]>('SELECT * FROM cases WHERE id = $1 FOR UPDATE', [caseId]);
    return rows[0] && toCase(rows[0]);
  }

  async lockOverdue(
    tx: Transaction,
    at: Date,
    limit: number,
    except: readonly string[],
  ): Promise<readonly VerificationCase[]> {
    const rows = await tx.manager.query<CaseRow[]>(
      `SELECT * FROM cases WHERE due_at <= $1 AND id <> ALL ($3::uuid[])
       ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [at, limit, except],
    );
    return rows.map(toCase);
  }

  async saveProgress(
    tx: Transaction,
    { admission, progress, dueAt, stagesMs }: VerificationCase,
  ): Promise<void> {
    await tx.manager.query(
      `UPDATE cases SET status = $2, reasons = $3, match_score = $4, matched_at = $5, reservation_id = $6,
                        slot_reserved_at = $7, reservation_expires_at = $8, decided_at = $9,
                        next_attempt_at = $10, activated_at = $11, deactivated_at = $12, due_at = $13,
                        stages_ms = $14
       WHERE id = $1`,
      [
        admission.caseId,
        progress.status,
        progress.reasons,
        progress.matchScore,
        progress.matchedAt,
        progress.reservationId,
        progress.slotReservedAt,
        progress.reservationExpiresAt,
        progress.decidedAt,
        progress.nextAttemptAt,
        progress.activatedAt,
        progress.deactivatedAt,
        dueAt,
        stagesMs,
      ],
    );
  }

  async statusesOf(
    caseIds: readonly string[],
  ): Promise<readonly { readonly caseId: string; readonly status: CaseStatus }[]> {
    return this.dataSource.query<{ caseId: string; status: CaseStatus }[]>(
      'SELECT id AS "caseId", status FROM cases WHERE id = ANY ($1)',
      [caseIds],
    );
  }

  async find(caseId: string, operatorId: string): Promise<VerificationCase | undefined> {
    const rows = await this.dataSource.query<CaseRow[]>(
      'SELECT * FROM cases WHERE id = $1 AND operator_id = $2',
      [caseId, operatorId],
    );
    return rows[0] && toCase(rows[0]);
  }
}
