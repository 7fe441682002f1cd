import type { Transaction } from '@absah/messaging';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError } from 'typeorm';
import { SlotBook, type FreedSlot, type MovedSlot, type SlotRequest } from '../application/ports.js';
import type { QuotaLedgerConfig } from '../config.js';
import type { Adoption, CapPolicy } from '../domain/cap-policy.js';
import { policyMissing, slotsContended } from '../domain/errors.js';
import type { ReservationTry } from '../domain/reservation.js';
import type { EntryKind } from '../domain/transfer.js';
import { adoptPolicy } from './policy-revisions.js';
import { REFUSE, RESERVE } from './reserve.sql.js';
import { CLAIM_UNCHECKED, FREE_PENDING, HISTORY, POST, RELEASE_POSTED } from './resolve.sql.js';

interface ReserveRow {
  readonly cap: number;
  readonly held: readonly number[];
  readonly slot_number: number | null;
  readonly expires_at: Date | null;
  readonly answered_before: boolean;
}

interface MovedRow {
  readonly transfer_id: string;
  readonly case_id: string;
  readonly subject_ref: string;
  readonly slot_number: number;
}

interface FreedRow extends MovedRow {
  readonly cause: FreedSlot['cause'];
}

@Injectable()
export class PostgresSlotBook extends SlotBook {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(SERVICE_CONFIG) private readonly config: QuotaLedgerConfig,
  ) {
    super();
  }

  adopt(policy: CapPolicy): Promise<Adoption> {
    return this.dataSource.transaction((manager) => adoptPolicy(manager, policy));
  }

  async tryReserve(tx: Transaction, request: SlotRequest): Promise<ReservationTry> {
    const { RESERVATION_MINUTES, CASE_CHECK_MS } = this.config;
    const parameters = [...requestParameters(request), RESERVATION_MINUTES, CASE_CHECK_MS];
    const [row] = await tx.manager.query<ReserveRow[]>(RESERVE, parameters).catch(handBackLostRaces);
    if (!row) throw policyMissing(request.document);
    return toReservationTry(row);
  }

  async refuse(tx: Transaction, request: SlotRequest): Promise<boolean> {
    const rows = await tx.manager.query<unknown[]>(REFUSE, requestParameters(request));
    return rows.length === 1;
  }

  async post(tx: Transaction, caseIds: readonly string[]): Promise<readonly MovedSlot[]> {
    const rows = await tx.manager.query<MovedRow[]>(POST, [caseIds]);
    return rows.map(toMovedSlot);
  }

  async freePending(tx: Transaction, caseIds: readonly string[]): Promise<readonly FreedSlot[]> {
    const rows = await tx.manager.query<FreedRow[]>(FREE_PENDING, [caseIds]);
    return rows.map((row) => ({ ...toMovedSlot(row), cause: row.cause }));
  }

  async releasePosted(tx: Transaction, caseId: string): Promise<MovedSlot | undefined> {
    const [row] = await tx.manager.query<MovedRow[]>(RELEASE_POSTED, [caseId]);
    return row && toMovedSlot(row);
  }

  async historyOf(tx: Transaction, caseId: string): Promise<readonly EntryKind[]> {
    const rows = await tx.manager.query<{ kind: EntryKind }[]>(HISTORY, [caseId]);
    return rows.map((row) => row.kind);
  }

  async claimUnchecked(limit: number): Promise<readonly string[]> {
    const parameters = [limit, this.config.CASE_CHECK_MS];
    const [rows] = await this.dataSource.query<[{ case_id: string }[], number]>(CLAIM_UNCHECKED, parameters);
    return rows.map((row) => row.case_id);
  }
}

/**
 * What the statement saw may be over by the time that it writes: the case was answered, and its slot freed
 * again, or the person's holdings grew by another scope. The transaction is lost; a later one sees the answer.
 */
const LOST_RACES: readonly unknown[] = ['one_answer_per_case', 'held_within_cap'];

function handBackLostRaces(error: unknown): never {
  const constraint =
    error instanceof QueryFailedError && (error.driverError as { constraint?: unknown }).constraint;
  throw LOST_RACES.includes(constraint) ? slotsContended() : error;
}

function requestParameters({
  subjectRef,
  operatorId,
  document,
  caseId,
  reservationId,
}: SlotRequest): readonly string[] {
  return [subjectRef, operatorId, document, caseId, reservationId];
}

function toReservationTry(row: ReserveRow): ReservationTry {
  const { cap, held, slot_number: slotNumber, expires_at: expiresAt } = row;
  const taken = slotNumber !== null && expiresAt !== null ? { slotNumber, expiresAt } : undefined;
  return { cap, held, taken, answeredBefore: row.answered_before };
}

function toMovedSlot(row: MovedRow): MovedSlot {
  return {
    reservationId: row.transfer_id,
    caseId: row.case_id,
    subjectRef: row.subject_ref,
    slotNumber: row.slot_number,
  };
}
