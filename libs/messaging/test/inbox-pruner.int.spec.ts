import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { uuidV7 } from '@absah/domain-kit';
import { Logger } from '@absah/telemetry';
import { createTestDatabase, type TestDatabase } from '@absah/testing';
import type { DataSource } from 'typeorm';
import { missingFromInbox, takeOnce, wasTaken } from '../src/inbox.js';
import { InboxPruner, PRUNING, type PruneSettings } from '../src/inbox-pruner.js';
import { openTestDatabase } from './harness.js';

const CONSUMER = 'template-extraction-CapturePassedV1';
const HOUR_MS = 60 * 60_000;

let database: TestDatabase;
let dataSource: DataSource;

beforeEach(async () => {
  database = await createTestDatabase();
  dataSource = await openTestDatabase(database.url);
});

afterEach(async () => {
  await dataSource.destroy();
  await database.drop();
});

function idFrom(hoursAgo: number): string {
  return uuidV7(new Date(Date.now() - hoursAgo * HOUR_MS));
}

const SETTLED_BY_NOW = () => idFrom(0);

function take(messageId: string, consumer = CONSUMER): Promise<boolean> {
  return takeOnce(dataSource.manager, { consumer, messageId });
}

function isKept(messageId: string): Promise<boolean> {
  return wasTaken(dataSource.manager, { consumer: CONSUMER, messageId });
}

/** A pass as it comes every hour. */
async function pass(settledBefore = SETTLED_BY_NOW(), changes: Partial<PruneSettings> = {}): Promise<void> {
  const settings = { ...PRUNING, retentionMs: 24 * HOUR_MS, settleMs: 0, batch: 2, ...changes };
  const pruner = new InboxPruner(dataSource, new Logger({ service: 'liveness', level: 'silent' }), settings);
  pruner.consider(CONSUMER, settledBefore);
  await pruner.stop();
}

async function bury(messageId: string): Promise<void> {
  await dataSource.query(
    `INSERT INTO dead_letters (id, consumer, message_id, subject, payload, deliveries, code, reason)
     VALUES ($1, $2, $3, 'evt', '', 1, 'TEST', 'test')`,
    [uuidV7(), CONSUMER, messageId],
  );
}

describe('the rows of an inbox', () => {
  it('go one pass after their horizon was marked, in as many batches as it takes', async () => {
    const old = [30, 29, 28, 27, 26].map(idFrom);
    for (const id of old) await take(id);
    await pass();
    for (const id of old) expect(await isKept(id)).toBe(true);
    await pass();
    for (const id of old) expect(await isKept(id)).toBe(false);
  });

  it('stay until every statement that began before the mark has ended', async () => {
    const old = idFrom(30);
    await take(old);
    await pass();
    await pass(SETTLED_BY_NOW(), { settleMs: 60_000 });
    expect(await isKept(old)).toBe(true);
  });

  it('stay for as long as retention says, and while their owner may send them again', async () => {
    const [unsettled, recent] = [idFrom(40), idFrom(23)];
    await take(unsettled);
    await take(recent);
    for (let round = 0; round < 3; round += 1) await pass(unsettled);
    expect(await isKept(unsettled)).toBe(true);
    for (let round = 0; round < 3; round += 1) await pass();
    expect([await isKept(unsettled), await isKept(recent)]).toEqual([false, true]);
  });
});

describe('a message whose row was pruned', () => {
  it('has no second effect, however late it comes again', async () => {
    const old = idFrom(30);
    expect(await take(old)).toBe(true);
    await pass();
    await pass();
    expect(await isKept(old)).toBe(false);
    expect(await take(old)).toBe(false);
  });

  it('does not count as missing', async () => {
    const [pruned, never] = [idFrom(30), idFrom(1)];
    await take(pruned);
    await pass();
    await pass();
    expect(await missingFromInbox(dataSource.manager, CONSUMER, [pruned, never])).toEqual([never]);
  });

  it('is new to another consumer', async () => {
    const old = idFrom(30);
    await pass();
    expect(await take(old, 'quota-ledger-IdentityMatchedV1')).toBe(true);
  });
});

describe('a buried message', () => {
  it('counts as confirmed', async () => {
    const buried = idFrom(1);
    await bury(buried);
    expect(await missingFromInbox(dataSource.manager, CONSUMER, [buried])).toEqual([]);
  });

  it('may be replayed beyond the horizon, and has its effect once', async () => {
    const buried = idFrom(30);
    await bury(buried);
    await pass();
    expect(await take(buried)).toBe(true);
    for (let round = 0; round < 3; round += 1) await pass();
    expect(await take(buried)).toBe(false);
    await dataSource.query('DELETE FROM dead_letters');
    for (let round = 0; round < 2; round += 1) await pass();
    expect(await take(buried)).toBe(false);
  });
});
