import { EVENTS } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntryView, TrailView } from '../src/transport/log-view.js';
import { AuditBed } from './audit-bed.js';
import { leafHash, verifiesInclusion } from './rfc-9162.js';

const CASES = 30;

describe('the trail of a case', () => {
  let bed: AuditBed;
  const caseIds = Array.from({ length: CASES }, () => uuidV7());

  beforeAll(async () => {
    bed = await AuditBed.open();
    await bed.startReplica();
    for (const caseId of caseIds) await bed.publishCase(caseId);
    await bed.recorded(CASES * EVENTS.length);
  });

  afterAll(() => bed?.service.close());

  /** What an auditor does with the answer, off line. */
  function verifies(entry: EntryView, { size, rootHash }: TrailView['head']): boolean {
    const { messageId, subject, occurredAt, payload, position } = entry;
    const leaf = leafHash(
      Buffer.from(`absah-log-entry/v1\n${messageId}\n${subject}\n${occurredAt}\n${payload}`),
    );
    const proof = entry.inclusionProof.map((hash) => Buffer.from(hash, 'hex'));
    const claim = { leafHash: leaf, position, size, rootHash: Buffer.from(rootHash, 'hex'), proof };
    return leaf.toString('hex') === entry.leafHash && verifiesInclusion(claim);
  }

  it.each([
    ['first', 0],
    ['middle', 14],
    ['last', CASES - 1],
  ])('A2 of the %s case has a proof for every entry', async (_, index) => {
    const caseId = caseIds[index];
    const { status, body } = await bed.get(`/v1/log/trail/${caseId}`);
    const trail = body as TrailView;
    expect(status).toBe(200);
    expect(trail.caseId).toBe(caseId);
    expect(trail.head.size).toBe(CASES * EVENTS.length);
    expect(trail.entries.map((entry) => entry.event)).toEqual(EVENTS.map((contract) => contract.name));
    expect(trail.entries.map((entry) => entry.position)).toEqual(
      EVENTS.map((__, i) => index * EVENTS.length + i),
    );
    expect(trail.entries.filter((entry) => !verifies(entry, trail.head))).toEqual([]);
  });

  it('A2 does not verify an entry that was changed on the way', async () => {
    const { head, entries } = (await bed.get(`/v1/log/trail/${caseIds[0]}`)).body as TrailView;
    const [entry] = entries;
    if (!entry) throw new Error('the trail is empty');
    expect(verifies({ ...entry, payload: `${entry.payload} ` }, head)).toBe(false);
    expect(verifies({ ...entry, position: entry.position + 1 }, head)).toBe(false);
  });

  it.each(['/v1/log/head', `/v1/log/trail/${uuidV7()}`, '/v1/log/recomputation'])(
    'A1 keeps %s from strangers',
    async (path) => {
      const refusal = { code: 'AUDIT.KEY_UNAUTHENTICATED', status: 401 };
      expect(await bed.get(path, 'another key')).toMatchObject({ status: 401, body: refusal });
      expect(await bed.getWithoutKey(path)).toMatchObject({
        status: 401,
        challenge: 'Bearer',
        body: refusal,
      });
    },
  );

  it('says that it holds nothing about a case', async () => {
    const { status, body } = await bed.get(`/v1/log/trail/${uuidV7()}`);
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 'AUDIT.CASE_NOT_RECORDED' });
  });

  it('says that an id is malformed', async () => {
    const { status, body } = await bed.get('/v1/log/trail/not-a-uuid');
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'AUDIT.CASE_ID_MALFORMED' });
  });
});
