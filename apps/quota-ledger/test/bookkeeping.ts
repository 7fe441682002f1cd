import type { EventContract, IdentityMatchedV1, PayloadOf } from '@absah/contracts';
import { ServiceError, uuidV7 } from '@absah/domain-kit';
import { MESSAGING_MIGRATIONS, UnitOfWork, type Transaction } from '@absah/messaging';
import { openDatabase } from '@absah/service-kit';
import { createTestDatabase } from '@absah/testing';
import type { DataSource } from 'typeorm';
import { CaseOwner, type CaseOutlook } from '../src/application/ports.js';
import { PostSlot } from '../src/application/post-slot.js';
import { ReleaseSlot } from '../src/application/release-slot.js';
import { ReserveSlot } from '../src/application/reserve-slot.js';
import { ResolvePendingSlots } from '../src/application/resolve-pending-slots.js';
import { policyOf, quotaLedgerConfig } from '../src/config.js';
import { CreateLedger1795401000000 } from '../src/persistence/migrations/1795401000000-create-ledger.js';
import { PostgresBookReader } from '../src/persistence/postgres-book-reader.js';
import { PostgresSlotBook } from '../src/persistence/postgres-slot-book.js';

export const CAP = 3;

type Terms = Partial<Pick<PayloadOf<typeof IdentityMatchedV1>, 'operatorId' | 'document'>>;

/** Says what the test wants the intake to say. */
class ScriptedOwner extends CaseOwner {
  readonly over = new Set<string>();
  readonly activated = new Set<string>();

  override async outlook(caseIds: readonly string[]): Promise<CaseOutlook> {
    return {
      activated: caseIds.filter((caseId) => this.activated.has(caseId)),
      over: caseIds.filter((caseId) => this.over.has(caseId)),
    };
  }
}

/** The use cases on a real database, without the bus: thousands of movements in seconds. */
export class Bookkeeping {
  readonly owner = new ScriptedOwner();
  readonly reader: PostgresBookReader;
  private readonly reserveSlot: ReserveSlot;
  private readonly postSlot: PostSlot;
  private readonly releaseSlot: ReleaseSlot;
  private readonly resolvePending: ResolvePendingSlots;

  private constructor(
    readonly database: DataSource,
    readonly book: PostgresSlotBook,
    private readonly unitOfWork: UnitOfWork,
    private readonly drop: () => Promise<void>,
  ) {
    this.reader = new PostgresBookReader(database);
    this.reserveSlot = new ReserveSlot(book);
    this.postSlot = new PostSlot(book);
    this.releaseSlot = new ReleaseSlot(book, this.postSlot);
    this.resolvePending = new ResolvePendingSlots(unitOfWork, book, this.owner);
  }

  static async open(poolSize = 10): Promise<Bookkeeping> {
    const testDatabase = await createTestDatabase();
    const migrations = [...MESSAGING_MIGRATIONS, CreateLedger1795401000000];
    const database = await openDatabase({ name: 'bookkeeping', url: testDatabase.url, poolSize, migrations });
    const config = quotaLedgerConfig.parse({});
    const book = new PostgresSlotBook(database, config);
    await book.adopt(policyOf(config));
    const unitOfWork = new UnitOfWork(database, { publish: () => undefined });
    return new Bookkeeping(database, book, unitOfWork, () => testDatabase.drop());
  }

  async close(): Promise<void> {
    await this.database.destroy();
    await this.drop();
  }

  async match(caseId: string, subjectRef: string, terms: Terms = {}): Promise<string> {
    const about = { operatorId: 'operator-a', document: 'nik' as const, ...terms };
    const match = { caseId, subjectRef, ...about, transactionId: uuidV7(), matchScore: 0.97 };
    return this.unitOfWork.run(async (tx) => (await this.reserveSlot.forMatch(tx, match)).kind);
  }

  /** As `match`, delivered again after a lost race, as the bus does. */
  async matchAtLast(caseId: string, subjectRef: string): Promise<string> {
    try {
      return await this.match(caseId, subjectRef);
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'QUOTA.SLOTS_CONTENDED') {
        return this.matchAtLast(caseId, subjectRef);
      }
      throw error;
    }
  }

  activate(caseId: string): Promise<string> {
    return this.outcomeOf((tx) => this.postSlot.forActivation(tx, caseId));
  }

  deregister(caseId: string): Promise<string> {
    return this.outcomeOf((tx) => this.releaseSlot.forDeregistration(tx, caseId));
  }

  /** The intake says that the case is over; its time is, too, if `isLate`. */
  async end(caseId: string, isLate: boolean): Promise<void> {
    this.owner.over.add(caseId);
    await this.database.query(
      `UPDATE slots SET check_at = now(), expires_at = expires_at - $2 * interval '1 hour'
       WHERE case_id = $1 AND state = 'pending'`,
      [caseId, isLate ? 1 : 0],
    );
    await this.resolvePending.run();
  }

  /** As `end`, for one case whose end is known. */
  async free(caseId: string): Promise<void> {
    await this.unitOfWork.run((tx) => this.book.freePending(tx, [caseId]));
  }

  /** The names of the events that the step emitted, or the code of its refusal. */
  private outcomeOf(step: (tx: Transaction) => Promise<void>): Promise<string> {
    const emitted: string[] = [];
    const attempt = this.unitOfWork.run((tx) => {
      const emit = <C extends EventContract>(contract: C, payload: PayloadOf<C>) => {
        emitted.push(contract.name);
        tx.emit(contract, payload);
      };
      return step({ manager: tx.manager, emit });
    });
    return attempt.then(
      () => emitted.join(' ') || 'nothing',
      (error: unknown) => {
        if (error instanceof ServiceError) return error.code;
        throw error;
      },
    );
  }

  async slotNumbersOf(subjectRef: string): Promise<number[]> {
    const rows = await this.database.query<{ slot_number: number }[]>(
      'SELECT slot_number FROM slots WHERE subject_ref = $1 ORDER BY slot_number',
      [subjectRef],
    );
    return rows.map((row) => row.slot_number);
  }

  /** Of everybody: what the entries do not add up to. */
  async disagreements(): Promise<readonly unknown[]> {
    const found: unknown[] = [];
    let after: string | null = null;
    do {
      const { discrepancies, next } = await this.reader.check(after);
      found.push(...discrepancies);
      after = next;
    } while (after !== null);
    return found;
  }
}
