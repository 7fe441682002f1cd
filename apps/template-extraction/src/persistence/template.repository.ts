import type { PurgedCapture } from '@absah/capture-store';
import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Templates, type StoredTemplate } from '../application/ports.js';

interface PurgedRow {
  readonly capture_id: string;
  readonly case_id: string;
  readonly purged_at: Date;
}

/** Plain SQL: every verification passes here. */
@Injectable()
export class TemplateRepository extends Templates {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async add({ manager }: Transaction, template: StoredTemplate): Promise<void> {
    await manager.query(
      'INSERT INTO templates (id, case_id, capture_id, sealed, model_chain) VALUES ($1, $2, $3, $4, $5)',
      [template.templateId, template.caseId, template.captureId, template.sealed, template.modelChain],
    );
  }

  async find(templateId: string): Promise<Pick<StoredTemplate, 'sealed' | 'modelChain'> | undefined> {
    const [row] = await this.dataSource.query<{ sealed: Buffer; model_chain: string }[]>(
      'SELECT sealed, model_chain FROM templates WHERE id = $1',
      [templateId],
    );
    return row && { sealed: row.sealed, modelChain: row.model_chain };
  }

  async duePurges({ minAgeMs, limit }: { minAgeMs: number; limit: number }): Promise<string[]> {
    const rows = await this.dataSource.query<{ capture_id: string }[]>(
      `SELECT capture_id FROM templates
       WHERE purge_due AND created_at <= now() - make_interval(secs => $1::float8 / 1000)
       ORDER BY created_at LIMIT $2`,
      [minAgeMs, limit],
    );
    return rows.map((row) => row.capture_id);
  }

  async confirmPurged({ manager }: Transaction, captureIds: readonly string[]): Promise<PurgedCapture[]> {
    const [rows] = await manager.query<[PurgedRow[], number]>(
      `UPDATE templates SET purge_due = false, purged_at = now()
       WHERE capture_id = ANY($1::uuid[]) AND purge_due
       RETURNING capture_id, case_id, purged_at`,
      [captureIds],
    );
    return rows.map((row) => ({ captureId: row.capture_id, caseId: row.case_id, purgedAt: row.purged_at }));
  }
}
