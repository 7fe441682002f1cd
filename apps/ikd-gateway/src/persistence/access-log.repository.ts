import { hostname } from 'node:os';
import { uuidV7 } from '@absah/domain-kit';
import type { Transaction } from '@absah/messaging';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Access, AccessLog, IdentityCase } from '../application/ports.js';
import type { IkdGatewayConfig } from '../config.js';

/** Who asked about whom, when, from where, for which purpose, under which agreement, with which answer (G5). */
@Injectable()
export class AccessLogRepository implements AccessLog {
  private readonly host = hostname();

  constructor(@Inject(SERVICE_CONFIG) private readonly config: IkdGatewayConfig) {}

  async add({ manager }: Transaction, identity: IdentityCase, access: Access): Promise<void> {
    await manager.query(
      `INSERT INTO registry_accesses (id, accessed_at, duration_ms, accessor, host, purpose, agreement, case_id,
                                      subject_ref, transaction_id, answer_code)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        uuidV7(access.at),
        access.at,
        access.durationMs,
        this.config.IKD_USER,
        this.host,
        this.config.ACCESS_PURPOSE,
        this.config.ACCESS_AGREEMENT,
        identity.caseId,
        identity.subjectRef,
        access.transactionId,
        access.answerCode,
      ],
    );
  }
}
