import { SlotRefusedV1, SlotReservedV1, type IdentityMatchedV1, type PayloadOf } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { slotsContended } from '../domain/errors.js';
import { judgeReservation, type ReservationVerdict } from '../domain/reservation.js';
import { SlotBook, type SlotRequest } from './ports.js';

/** Each try that was overtaken means that another transaction committed, so a few are plenty. */
const MOST_TRIES = 10;

@Injectable()
export class ReserveSlot {
  constructor(@Inject(SlotBook) private readonly book: SlotBook) {}

  /** First phase (Q2): holds a slot for a matched person, or refuses when all are taken (Q1). */
  async forMatch(tx: Transaction, match: PayloadOf<typeof IdentityMatchedV1>): Promise<ReservationVerdict> {
    const { caseId, subjectRef, operatorId, document } = match;
    const request = { reservationId: uuidV7(), caseId, subjectRef, operatorId, document };
    const verdict = await this.reserve(tx, request);
    if (verdict.kind === 'reserved') announceReservation(tx, request, verdict);
    if (verdict.kind === 'refused') await this.refuse(tx, request, verdict.cap);
    return verdict;
  }

  private async reserve(tx: Transaction, request: SlotRequest): Promise<ReservationVerdict> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const verdict = judgeReservation(await this.book.tryReserve(tx, request));
      if (verdict.kind !== 'overtaken') return verdict;
    }
    throw slotsContended();
  }

  private async refuse(tx: Transaction, request: SlotRequest, cap: number): Promise<void> {
    const { caseId, subjectRef } = request;
    if (!(await this.book.refuse(tx, request))) return;
    tx.emit(SlotRefusedV1, { caseId, subjectRef, reason: 'cap-reached', cap });
  }
}

function announceReservation(
  tx: Transaction,
  request: SlotRequest,
  verdict: Extract<ReservationVerdict, { kind: 'reserved' }>,
): void {
  tx.emit(SlotReservedV1, {
    caseId: request.caseId,
    subjectRef: request.subjectRef,
    reservationId: request.reservationId,
    slotNumber: verdict.slotNumber,
    expiresAt: verdict.expiresAt.toISOString(),
  });
}
