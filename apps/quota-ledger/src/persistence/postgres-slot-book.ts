import type { Transaction } from '@absah/messaging';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SlotBook, type ResolvedSlot, type SlotRequest } from '../application/ports.js';
import type { QuotaLedgerConfig } from '../config.js';
import type { CaseHistory } from '../domain/activation.js';
import type { CapPolicy } from '../domain/cap-policy.js';
import { policyMissing } from '../domain/errors.js';
import type { ReservationTry } from '../domain/reservation.js';
import { RESERVE } from './reserve.sql.js';
import { HISTORY, POST, RELEASE_EXPIRED } from './resolve.sql.js';

interface ReserveRow {
  readonly cap: number;
  readonly held: readonly number[];
  readonly slot_number: number | null;
  readonly expires_at: Date | null;
  readonly answered_before: boolean;
}

interface ResolvedRow {
  readonly reservation_id: string;
  readonly case_id: string;
  readonly subject_ref: string;
  readonly slot_number: number;
}

@Injectable()
export class PostgresSlotBook extends SlotBook {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(SERVICE_CONFIG) private readonly config: QuotaLedgerConfig,
  ) {
    super();
  }

  async adopt(policy: CapPolicy): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO cap_policies (scope, cap) VALUES ($1, $2)
       ON CONFLICT (scope) DO UPDATE SET cap = excluded.cap, changed_at = now()
       WHERE cap_policies.cap <> excluded.cap`,
      [policy.scope, policy.cap],
    );
  }

  async tryReserve(tx: Transaction, request: SlotRequest): Promise<ReservationTry> {
    const scope = this.config.CAP_SCOPE;
    const [row] = await tx.manager.query<ReserveRow[]>(RESERVE, [
      scope,
      // Whose slots are counted together: in this scope, those of one person.
      request.subjectRef,
      request.caseId,
      request.round,
      request.reservationId,
      request.subjectRef,
      this.config.RESERVATION_MINUTES,
    ]);
    if (!row) throw policyMissing(scope);
    return toReservationTry(row);
  }

  async recordRefusal(tx: Transaction, request: SlotRequest, cap: number): Promise<void> {
    await tx.manager.query(
      'INSERT INTO refusals (case_id, subject_ref, cap) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [request.caseId, request.subjectRef, cap],
    );
  }

  async post(tx: Transaction, caseId: string): Promise<ResolvedSlot | undefined> {
    const [row] = await tx.manager.query<ResolvedRow[]>(POST, [caseId]);
    return row && toResolvedSlot(row);
  }

  async historyOf(tx: Transaction, caseId: string): Promise<CaseHistory> {
    const [history] = await tx.manager.query<CaseHistory[]>(HISTORY, [caseId]);
    return history ?? { entries: [], refused: false };
  }

  async releaseExpired(tx: Transaction, limit: number): Promise<readonly ResolvedSlot[]> {
    const rows = await tx.manager.query<ResolvedRow[]>(RELEASE_EXPIRED, [
      limit,
      this.config.RELEASE_GRACE_MS,
    ]);
    return rows.map(toResolvedSlot);
  }
}

function toReservationTry(row: ReserveRow): ReservationTry {
  const { cap, held, slot_number: slotNumber, expires_at: expiresAt } = row;
  const taken = slotNumber !== null && expiresAt !== null ? { slotNumber, expiresAt } : undefined;
  return { cap, held, taken, answeredBefore: row.answered_before };
}

function toResolvedSlot(row: ResolvedRow): ResolvedSlot {
  return {
    reservationId: row.reservation_id,
    caseId: row.case_id,
    subjectRef: row.subject_ref,
    slotNumber: row.slot_number,
  };
}
