import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CaseStore } from '../application/ports.js';
import type { VerificationCase } from '../domain/verification-case.js';
import { toCase, type CaseRow } from './case-row.js';

/** Plain SQL: each step of a case is one statement, and every verification pays for each of them. */
@Injectable()
export class CaseRepository extends CaseStore {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async insert(tx: Transaction, { admission, progress }: VerificationCase): Promise<void> {
    await tx.manager.query(
      `INSERT INTO cases (id, operator_id, subject_ref, capture_id, sealed_nik, sealed_msisdn, consent,
                          received_at, status)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        admission.caseId,
        admission.operatorId,
        admission.subjectRef,
        admission.captureId,
        admission.sealedNik,
        admission.sealedMsisdn,
        admission.consent,
        admission.receivedAt,
        progress.status,
      ],
    );
  }

  async lock(tx: Transaction, caseId: string): Promise<VerificationCase | undefined> {
    const rows = await tx.manager.query<CaseRow[]>('SELECT * FROM cases WHERE id = $1 FOR UPDATE', [caseId]);
    return rows[0] && toCase(rows[0]);
  }

  /** `received_at` alone is what the index knows; the rest spares a case that a parking held up. */
  async lockStale(tx: Transaction, quietSince: Date, limit: number): Promise<readonly VerificationCase[]> {
    const rows = await tx.manager.query<CaseRow[]>(
      `SELECT * FROM cases
       WHERE status = 'processing' AND received_at <= $1
         AND greatest(received_at, matched_at, slot_reserved_at) <= $1
       ORDER BY received_at LIMIT $2
       FOR UPDATE SKIP LOCKED`,
      [quietSince, limit],
    );
    return rows.map(toCase);
  }

  async saveProgress(tx: Transaction, { admission, progress, stagesMs }: VerificationCase): Promise<void> {
    await tx.manager.query(
      `UPDATE cases SET status = $2, reasons = $3, match_score = $4, matched_at = $5, reservation_id = $6,
                        slot_reserved_at = $7, reservation_expires_at = $8, decided_at = $9,
                        activated_at = $10, stages_ms = $11
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
        progress.activatedAt,
        stagesMs,
      ],
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
