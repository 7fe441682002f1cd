import { EVENTS, INBOX_MISSING } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AuditBed, OCCURRED_AT, type EntryRow, type Published } from './audit-bed.js';
import { leafHash, merkleTreeHash } from './rfc-9162.js';

// Bounded by what cannot be part of a reference or a sealed value, which are long and opaque.
const NIK = /(?<![\w-])\d{16}(?![\w-])/;
const MSISDN = /(?<![\w-])\+?628\d{7,11}(?![\w-])/;

describe('the log of every event', () => {
  let bed: AuditBed;

  beforeEach(async () => {
    bed = await AuditBed.open();
    await bed.startReplica();
  });

  afterEach(() => bed?.service.close());

  function ids(entries: readonly { message_id: string }[]): string[] {
    return entries.map((entry) => entry.message_id);
  }

  /** From the entries alone, by the text of the RFC. */
  function recomputedRoot(entries: readonly EntryRow[]): string {
    const leaves = entries.map((entry) => {
      const head = `absah-log-entry/v1\n${entry.message_id}\n${entry.subject}\n${entry.occurred_at}\n`;
      return leafHash(Buffer.concat([Buffer.from(head), entry.payload]));
    });
    return Buffer.from(merkleTreeHash(leaves)).toString('hex');
  }

  function expectContiguous(entries: readonly EntryRow[]): void {
    expect(entries.map((entry) => Number(entry.position))).toEqual(entries.map((_, i) => i));
  }

  it('A1 records every event there is, as it was published', async () => {
    const caseId = uuidV7();
    const published = await bed.publishCase(caseId);
    const entries = await bed.recorded(published.length);
    const asPublished = ({ message_id, subject, payload }: EntryRow): Published => ({
      messageId: message_id,
      subject,
      payload: payload.toString(),
    });
    expect(entries.map(asPublished)).toEqual(published);
    expect(new Set(entries.map((entry) => entry.occurred_at))).toEqual(new Set([OCCURRED_AT]));
    expect(new Set(entries.map((entry) => entry.case_id))).toEqual(new Set([caseId]));
    for (const entry of entries) {
      expect(entry.subject_ref).toBe(JSON.parse(entry.payload.toString()).subjectRef ?? null);
      expect(entry.payload.toString()).not.toMatch(NIK);
      expect(entry.payload.toString()).not.toMatch(MSISDN);
    }
  });

  it('A1 tells the owner of an event whether the log holds it', async () => {
    const published = await bed.publishCase();
    await bed.recorded(published.length);
    const [never, recorded] = [uuidV7(), published.map(({ messageId }) => messageId)];
    const question = { event: 'VerificationSubmittedV1', settledBefore: uuidV7() };
    const answer = await bed.service.bus.ask(INBOX_MISSING.audit!, {
      ...question,
      messageIds: [never, ...recorded],
    });
    expect(answer).toEqual({ missing: [never] });
  });

  it('A1 records an event that no contract describes, and one that breaks its contract', async () => {
    const odd = [
      { messageId: uuidV7(), subject: 'evt.other.thing.happened.v1', payload: '{"caseId":"x"}' },
      { messageId: uuidV7(), subject: 'evt.quota.slot.posted.v1', payload: 'no JSON: \u0000 é' },
    ];
    for (const event of odd) await bed.publish(event);
    const entries = await bed.recorded(2);
    expect(entries.map((entry) => [entry.payload.toString(), entry.case_id])).toEqual(
      odd.map((event) => [event.payload, null]),
    );
    expect(bed.service.logged.filter((line) => line.includes('event breaks its contract'))).toHaveLength(2);
  });

  it('A1 holds an event once that was published again after the broker lost everything', async () => {
    const first = await bed.publishCase();
    const before = await bed.recorded(first.length);
    await bed.service.stopReplicas();
    await bed.wipeBroker();
    await Promise.all([bed.startReplica(), bed.startReplica()]);
    for (const event of first) await bed.publish(event);
    const second = await bed.publishCase();
    await bed.service.bus.settled();
    const entries = await bed.entries();
    expect(entries.slice(0, first.length)).toEqual(before);
    expect(ids(entries).sort()).toEqual([...first, ...second].map((event) => event.messageId).sort());
    expectContiguous(entries);
  });

  it('A2 continues the tree after a restart', async () => {
    const first = await bed.publishCase();
    await bed.recorded(first.length);
    await bed.service.stopReplicas();
    await bed.startReplica();
    const second = await bed.publishCase();
    const entries = await bed.recorded(first.length + second.length);
    expectContiguous(entries);
    const { body } = await bed.get('/v1/log/head');
    expect(body).toEqual({
      size: entries.length,
      rootHash: recomputedRoot(entries),
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it('A2 grows one tree from two replicas, without a batch that failed', async () => {
    await bed.startReplica();
    const cases = await Promise.all(Array.from({ length: 30 }, () => bed.publishCase()));
    const entries = await bed.recorded(cases.flat().length);
    expect(ids(entries).sort()).toEqual(
      cases
        .flat()
        .map((event) => event.messageId)
        .sort(),
    );
    expectContiguous(entries);
    expect((await bed.get('/v1/log/head')).body).toMatchObject({
      size: 30 * EVENTS.length,
      rootHash: recomputedRoot(entries),
    });
    expect(bed.service.logged.filter((line) => !line.includes('"level":"info"'))).toEqual([]);
  });

  it('A2 answers for an empty log', async () => {
    const { body } = await bed.get('/v1/log/head');
    expect(body).toEqual({ size: 0, rootHash: recomputedRoot([]), createdAt: null });
  });
});
