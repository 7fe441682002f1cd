import { setTimeout as sleep } from 'node:timers/promises';
import { MOST_IDS_ASKED } from '@absah/contracts';
import type { Logger } from '@absah/telemetry';
import type { DataSource, EntityManager } from 'typeorm';
import type { Confirmations } from './confirmations.js';
import {
  dueRows,
  forgetAttempts,
  makeAllDue,
  messagesOf,
  oldestUnsettled,
  outboxState,
  putOff,
  settle,
  takeTurn,
  type DueRow,
} from './outbox.js';
import type { Relay } from './relay.js';

/** Rows of several seconds share a round, which is a transaction here and a question to each consumer. */
const LOOK_EVERY_MS = 2_000;
const DEFAULT_BATCH = MOST_IDS_ASKED;

/**
 * A consumer that lacks a message may only be slow. Doubled up to here, the copies of a backlog of
 * one hour are about five, of which the broker's duplicate window drops the first.
 */
const LONGEST_WAIT_MS = 60 * 60_000;
/** Asking costs little, and a consumer that comes back may have lost what was sent meanwhile. */
const LONGEST_SILENCE_MS = 60_000;

/**
 * Between the outbox of one service and the inboxes of those that hear it: what everybody has is
 * settled, what somebody lacks is published again. So PostgreSQL stays the record whatever becomes
 * of the broker's store.
 */
export class Reconciler {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private streamCreated: string | undefined;
  private troubled = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly relay: Relay,
    private readonly confirmations: Confirmations,
    /** Makes sure that there is a stream, and tells when it was created. */
    private readonly ensureStream: () => Promise<string>,
    private readonly logger: Logger,
    /** A row is left alone this long after its commit, and then asked about; each further time after twice the wait. */
    private readonly graceMs: number,
    private readonly batch = DEFAULT_BATCH,
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    await this.attempt(() => makeAllDue(this.dataSource.manager));
    while (!signal.aborted) {
      const again = await this.attempt(() => this.look());
      if (!again)
        await sleep(Math.min(LOOK_EVERY_MS, this.graceMs), undefined, { signal }).catch(() => undefined);
    }
  }

  /** Says once that it cannot work, and once that it can again. */
  private async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work();
      if (this.troubled) this.logger.info('reconciler works again');
      this.troubled = false;
      return result;
    } catch (error) {
      if (!this.troubled) this.logger.warn('reconciler waits for broker and database', { error });
      this.troubled = true;
      return undefined;
    }
  }

  /** True when there may be more to do at once. An idle service asks its database one thing, and the broker nothing. */
  private async look(): Promise<boolean> {
    const state = await outboxState(this.dataSource.manager);
    if (state === 'empty') return false;
    const renewed = await this.noticeNewStream();
    if (state === 'waiting' && !renewed) return false;
    return this.dataSource.transaction((manager) => this.round(manager));
  }

  /** What a stream held is lost with it, however recently it was published. */
  private async noticeNewStream(): Promise<boolean> {
    const created = await this.ensureStream();
    const renewed = this.streamCreated !== undefined && this.streamCreated !== created;
    if (renewed) {
      this.logger.warn('event stream was created anew, unconfirmed events are asked about');
      await forgetAttempts(this.dataSource.manager);
    }
    this.streamCreated = created;
    return renewed;
  }

  /** True when it took as many rows as it may. Each is settled or put off, so this ends also when nobody answers. */
  private async round(manager: EntityManager): Promise<boolean> {
    if (!(await takeTurn(manager))) return false;
    const rows = await dueRows(manager, this.batch);
    const settledBefore = await oldestUnsettled(manager);
    if (rows.length === 0 || settledBefore === undefined) return false;
    const { confirmed, missing, unknown } = await this.confirmations.of(rows, settledBefore);
    await settle(manager, confirmed);
    await this.publishAgain(manager, [...missing, ...neverPublishedBefore(rows, unknown)]);
    const firstMs = this.graceMs;
    await putOff(manager, missing, { firstMs, longestMs: LONGEST_WAIT_MS });
    await putOff(manager, unknown, { firstMs, longestMs: LONGEST_SILENCE_MS });
    return rows.length === this.batch;
  }

  private async publishAgain(manager: EntityManager, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const count = await this.relay.publishAgain(await messagesOf(manager, ids));
    if (count > 0) this.logger.info('events published again', { count });
  }
}

/**
 * The process that committed a row may have died before it published it. Once is enough: then the
 * row is in the stream, for whoever does not answer to find when it comes back.
 */
function neverPublishedBefore(rows: readonly DueRow[], unknown: readonly string[]): readonly string[] {
  const first = new Set(rows.filter(({ attempts }) => attempts === 0).map(({ id }) => id));
  return unknown.filter((id) => first.has(id));
}
