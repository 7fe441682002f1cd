import { IdentityMatchedV1, type EventContract, type PayloadOf } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { MESSAGING_MIGRATIONS, UnitOfWork } from '@absah/messaging';
import { openDatabase } from '@absah/service-kit';
import { createTestDatabase, sampleEvent } from '@absah/testing';
import type { DataSource } from 'typeorm';
import { PostSlot } from '../src/application/post-slot.js';
import { ReleaseExpiredSlots } from '../src/application/release-expired-slots.js';
import { ReserveSlot } from '../src/application/reserve-slot.js';
import { quotaLedgerConfig } from '../src/config.js';
import { CreateLedger1795305600000 } from '../src/persistence/migrations/1795305600000-create-ledger.js';
import { PostgresSlotBook } from '../src/persistence/postgres-slot-book.js';

export const CAP = 3;

/** The use cases on a real database, without the bus: thousands of movements in seconds. */
export class Bookkeeping {
  private constructor(
    readonly database: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly reserveSlot: ReserveSlot,
    private readonly postSlot: PostSlot,
    private readonly releaseExpired: ReleaseExpiredSlots,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<Bookkeeping> {
    const testDatabase = await createTestDatabase();
    const migrations = [...MESSAGING_MIGRATIONS, CreateLedger1795305600000];
    const database = await openDatabase({
      name: 'bookkeeping',
      url: testDatabase.url,
      poolSize: 10,
      migrations,
    });
    const book = new PostgresSlotBook(database, quotaLedgerConfig.parse({}));
    await book.adopt({ scope: 'person', cap: CAP });
    const unitOfWork = new UnitOfWork(database, { publish: () => undefined });
    const reserveSlot = new ReserveSlot(book);
    const releaseExpired = new ReleaseExpiredSlots(unitOfWork, book);
    return new Bookkeeping(
      database,
      unitOfWork,
      reserveSlot,
      new PostSlot(book, reserveSlot),
      releaseExpired,
      () => testDatabase.drop(),
    );
  }

  async close(): Promise<void> {
    await this.database.destroy();
    await this.drop();
  }

  async match(caseId: string, subjectRef: string): Promise<string> {
    const match = sampleEvent(IdentityMatchedV1, { caseId, subjectRef });
    return this.unitOfWork.run(async (tx) => (await this.reserveSlot.forMatch(tx, match)).kind);
  }

  /** The event that the activation emitted, or the code of its refusal. */
  async activate(caseId: string, subjectRef: string): Promise<string> {
    const emitted: string[] = [];
    const attempt = this.unitOfWork.run((tx) => {
      const emit = <C extends EventContract>(contract: C, payload: PayloadOf<C>) => {
        emitted.push(contract.name);
        tx.emit(contract, payload);
      };
      return this.postSlot.forActivation({ manager: tx.manager, emit }, { caseId, subjectRef });
    });
    return attempt.then(
      () => emitted[0] ?? 'nothing',
      (error: unknown) => {
        if (error instanceof ServiceError) return error.code;
        throw error;
      },
    );
  }

  /** Lets the time of the pending slot of a case run out, and the grace after it. */
  async expire(caseId: string): Promise<void> {
    await this.database.query(
      `UPDATE slots SET expires_at = now() - interval '1 hour' WHERE case_id = $1 AND state = 'pending'`,
      [caseId],
    );
    await this.releaseExpired.run();
  }

  async slotNumbersOf(subjectRef: string): Promise<number[]> {
    const rows = await this.database.query<{ slot_number: number }[]>(
      'SELECT slot_number FROM slots WHERE subject_ref = $1 ORDER BY slot_number',
      [subjectRef],
    );
    return rows.map((row) => row.slot_number);
  }

  /** Rows of `slots` that the ledger entries do not add up to, and the other way round. */
  async disagreements(): Promise<unknown[]> {
    return this.database.query<unknown[]>(`
      SELECT transfer_id, state FROM (
        SELECT transfer_id, (array_agg(kind ORDER BY id DESC))[1] AS state FROM ledger_entries GROUP BY transfer_id
      ) AS folded WHERE state <> 'released'
      EXCEPT SELECT reservation_id, state FROM slots
      UNION ALL (
        SELECT reservation_id, state FROM slots
        EXCEPT SELECT transfer_id, (array_agg(kind ORDER BY id DESC))[1] FROM ledger_entries GROUP BY transfer_id
      )`);
  }
}
