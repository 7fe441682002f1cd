import type { PurgedCapture } from '@absah/capture-store';
import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Assessments, type Assessment } from '../application/ports.js';

interface PurgedRow {
  readonly capture_id: string;
  readonly case_id: string;
  readonly purged_at: Date;
}

/** Plain SQL: every verification passes here. */
@Injectable()
export class AssessmentRepository extends Assessments {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async add({ manager }: Transaction, assessment: Assessment): Promise<void> {
    await manager.query(
      `INSERT INTO assessments
         (capture_id, case_id, outcome, reasons, liveness_score, liveness_cues, model_chain, measures, faces,
          purge_due)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        assessment.captureId,
        assessment.caseId,
        assessment.outcome,
        assessment.reasons,
        assessment.livenessScore ?? null,
        assessment.livenessCues ? JSON.stringify(assessment.livenessCues) : null,
        assessment.modelChain ?? null,
        assessment.measures ? JSON.stringify(assessment.measures) : null,
        assessment.faces,
        // The picture of a living person is still needed: template-extraction purges it.
        assessment.outcome !== 'live',
      ],
    );
  }

  async duePurges({ minAgeMs, limit }: { minAgeMs: number; limit: number }): Promise<string[]> {
    const rows = await this.dataSource.query<{ capture_id: string }[]>(
      `SELECT capture_id FROM assessments
       WHERE purge_due AND created_at <= now() - make_interval(secs => $1::float8 / 1000)
       ORDER BY created_at LIMIT $2`,
      [minAgeMs, limit],
    );
    return rows.map((row) => row.capture_id);
  }

  async confirmPurged({ manager }: Transaction, captureIds: readonly string[]): Promise<PurgedCapture[]> {
    const [rows] = await manager.query<[PurgedRow[], number]>(
      `UPDATE assessments SET purge_due = false, purged_at = now()
       WHERE capture_id = ANY($1::uuid[]) AND purge_due
       RETURNING capture_id, case_id, purged_at`,
      [captureIds],
    );
    return rows.map((row) => ({ captureId: row.capture_id, caseId: row.case_id, purgedAt: row.purged_at }));
  }
}
