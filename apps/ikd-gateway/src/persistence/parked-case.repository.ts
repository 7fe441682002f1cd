import { randomUUID } from 'node:crypto';
import type { DocumentKind } from '@absah/contracts';
import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ClaimedCase, IdentityCase, ParkedCases } from '../application/ports.js';
import type { ParkCause } from '../domain/registry-answer.js';

interface ClaimedRow {
  readonly case_id: string;
  readonly subject_ref: string;
  readonly template_id: string;
  readonly sealed_nik: string;
  readonly model_chain: string;
  readonly operator_id: string;
  readonly document: DocumentKind;
  readonly decide_by: Date;
  readonly attempts: number;
}

/** The database's clock decides what is due: the replicas' own may differ. */
@Injectable()
export class ParkedCaseRepository implements ParkedCases {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  async park(
    { manager }: Transaction,
    identity: IdentityCase,
    cause: ParkCause,
    delayMs: number,
  ): Promise<Date | undefined> {
    const rows = await manager.query<{ next_attempt_at: Date }[]>(
      `INSERT INTO parked_cases (case_id, subject_ref, template_id, sealed_nik, model_chain, operator_id, document,
                                 decide_by, cause, next_attempt_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(secs => $10::float8 / 1000))
       ON CONFLICT (case_id) DO NOTHING RETURNING next_attempt_at`,
      [
        identity.caseId,
        identity.subjectRef,
        identity.templateId,
        identity.sealedNik,
        identity.modelChain,
        identity.operatorId,
        identity.document,
        identity.decideBy,
        cause,
        delayMs,
      ],
    );
    return rows[0]?.next_attempt_at;
  }

  async claimDue(limit: number, leaseMs: number): Promise<readonly ClaimedCase[]> {
    const claim = randomUUID();
    const [rows] = await this.dataSource.query<[ClaimedRow[], number]>(
      `UPDATE parked_cases SET claim = $1, next_attempt_at = now() + make_interval(secs => $2::float8 / 1000)
       WHERE case_id IN (SELECT case_id FROM parked_cases WHERE next_attempt_at <= now()
                         AND decide_by > now() ORDER BY decide_by, parked_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING case_id, subject_ref, template_id, sealed_nik, model_chain, operator_id, document, decide_by, attempts`,
      [claim, leaseMs, limit],
    );
    return rows.map((row) => ({
      caseId: row.case_id,
      subjectRef: row.subject_ref,
      templateId: row.template_id,
      sealedNik: row.sealed_nik,
      modelChain: row.model_chain,
      operatorId: row.operator_id,
      document: row.document,
      decideBy: row.decide_by,
      attempts: row.attempts,
      claim,
    }));
  }

  async resolve({ manager }: Transaction, { caseId, claim }: ClaimedCase): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      'DELETE FROM parked_cases WHERE case_id = $1 AND claim = $2 AND decide_by > now()',
      [caseId, claim],
    );
    return count === 1;
  }

  async postpone(
    { manager }: Transaction,
    parked: ClaimedCase,
    cause: ParkCause,
    delayMs: number,
  ): Promise<void> {
    await manager.query(
      `UPDATE parked_cases SET claim = NULL, cause = $3, attempts = attempts + 1,
              next_attempt_at = now() + make_interval(secs => $4::float8 / 1000)
       WHERE case_id = $1 AND claim = $2`,
      [parked.caseId, parked.claim, cause, delayMs],
    );
  }

  async remove(caseIds: readonly string[]): Promise<void> {
    await this.dataSource.query('DELETE FROM parked_cases WHERE case_id = ANY ($1::uuid[])', [caseIds]);
  }

  async handBack({ caseId, claim }: ClaimedCase): Promise<void> {
    await this.dataSource.query(
      'UPDATE parked_cases SET claim = NULL, next_attempt_at = now() WHERE case_id = $1 AND claim = $2',
      [caseId, claim],
    );
  }

  async removeOverdue(limit: number): Promise<readonly string[]> {
    const [rows] = await this.dataSource.query<[{ case_id: string }[], number]>(
      `DELETE FROM parked_cases
       WHERE case_id IN (SELECT case_id FROM parked_cases WHERE decide_by <= now()
                         ORDER BY decide_by LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING case_id`,
      [limit],
    );
    return rows.map((row) => row.case_id);
  }
}
