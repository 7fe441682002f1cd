import { uuidV7 } from '@absah/domain-kit';
import { sampleSubjectRef } from '@absah/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CapPolicy, CapRule } from '../src/domain/cap-policy.js';
import { Bookkeeping } from './bookkeeping.js';
import { QuotaBed } from './quota-bed.js';

const PERSON: CapRule = { document: 'nik', scope: 'person', cap: 3 };
const PASSPORT: CapRule = { document: 'passport', scope: 'person', cap: 1 };

describe('cap policies', () => {
  let books: Bookkeeping;
  let subjectRef: string;
  let revision: number;

  beforeEach(async () => {
    books = await Bookkeeping.open();
    subjectRef = sampleSubjectRef();
    revision = 1;
  });
  afterEach(() => books.close());

  async function adopt(...rules: CapRule[]): Promise<void> {
    revision += 1;
    const policy: CapPolicy = { revision, author: 'regulatory-desk', rules };
    expect(await books.book.adopt(policy)).toEqual({ kind: 'adopted' });
  }

  /** The answers to one request at each of the operators, in turn. */
  async function match(operators: string, document: 'nik' | 'passport' = 'nik'): Promise<string> {
    let answers = '';
    for (const operator of operators) {
      const answer = await books.match(uuidV7(), subjectRef, {
        operatorId: `operator-${operator}`,
        document,
      });
      answers += answer === 'reserved' ? '+' : '-';
    }
    return answers;
  }

  async function freeOne(slotNumber: number): Promise<void> {
    const sql = 'SELECT case_id FROM slots WHERE subject_ref = $1 AND slot_number = $2';
    const [row] = await books.database.query<[{ case_id: string }]>(sql, [subjectRef, slotNumber]);
    await books.free(row.case_id);
  }

  it('Q1 counts the SIMs of a person over all operators', async () => {
    expect(await match('abca')).toBe('+++-');
  });

  it('Q1 counts them at each operator by itself, where that is the rule', async () => {
    await adopt({ ...PERSON, scope: 'person-and-operator' }, PASSPORT);
    expect(await match('aaaabbbb')).toBe('+++-+++-');
  });

  it('Q1 V10 gives a passport one, at whichever operator', async () => {
    expect(await match('ab', 'passport')).toBe('+-');
  });

  it('Q1 lets the rule of one operator go before that of all', async () => {
    await adopt(PERSON, PASSPORT, {
      document: 'nik',
      operatorId: 'operator-b',
      scope: 'person-and-operator',
      cap: 1,
    });
    expect(await match('bbaaa')).toBe('+-++-');
  });

  it('Q1 leaves held slots alone when a cap is lowered, and gives none before the count is below it', async () => {
    expect(await match('aaa')).toBe('+++');
    await adopt({ ...PERSON, cap: 2 }, PASSPORT);
    await freeOne(1);
    expect(await match('a')).toBe('-');
    expect(await books.slotNumbersOf(subjectRef)).toEqual([2, 3]);
    await freeOne(3);
    expect(await match('aa')).toBe('+-');
    expect(await books.slotNumbersOf(subjectRef)).toEqual([1, 2]);
  });

  it('Q1 counts what was taken under another scope', async () => {
    await adopt({ ...PERSON, scope: 'person-and-operator' }, PASSPORT);
    expect(await match('aabb')).toBe('++++');
    await adopt(PERSON, PASSPORT);
    expect(await match('c')).toBe('-');
    await adopt({ ...PERSON, scope: 'person-and-operator' }, PASSPORT);
    expect(await match('aabb')).toBe('+-+-');
  });

  it('Q1 keeps every revision with who set it and when', async () => {
    await adopt({ ...PERSON, cap: 5 }, PASSPORT);
    const rows = await books.database.query<{ adopted_at: Date }[]>(
      `SELECT revision, adopted_by, adopted_at, cap FROM policy_revisions JOIN cap_rules USING (revision)
       WHERE document = 'nik' ORDER BY revision`,
    );
    expect(rows).toEqual([
      { revision: 1, adopted_by: 'configuration', adopted_at: expect.any(Date), cap: 3 },
      { revision: 2, adopted_by: 'regulatory-desk', adopted_at: expect.any(Date), cap: 5 },
    ]);
    expect(rows[1]!.adopted_at.getTime()).toBeGreaterThanOrEqual(rows[0]!.adopted_at.getTime());
  });

  it('Q1 adopts a policy once when many replicas bring it at the same time', async () => {
    const policy: CapPolicy = { revision: 2, author: 'regulatory-desk', rules: [PERSON, PASSPORT] };
    const adoptions = await Promise.all(Array.from({ length: 8 }, () => books.book.adopt(policy)));
    expect(adoptions.map(({ kind }) => kind).toSorted()).toEqual([
      'adopted',
      ...Array<string>(7).fill('in-force'),
    ]);
  });
});

describe('replicas that are configured differently', () => {
  let bed: QuotaBed;

  beforeEach(async () => {
    bed = await QuotaBed.open();
  });
  afterEach(() => bed?.service.close());

  const capInForce = async () => {
    const sql = `SELECT cap FROM rule_in_force('nik', 'operator-a')`;
    return (await bed.service.rows<{ cap: number }>(sql))[0]?.cap;
  };

  it('Q1 do not fight: the highest revision is in force, whoever starts last', async () => {
    await bed.service.startReplica({ CAP_POLICY_REVISION: '2', CAP_PER_PERSON: '2' });
    await bed.service.startReplica({ CAP_POLICY_REVISION: '1' });
    expect(await capInForce()).toBe(2);
    expect(bed.service.logged.join('')).toContain('configured caps are outdated');
    await bed.service.startReplica({ CAP_POLICY_REVISION: '3', CAP_PER_PERSON: '4' });
    expect(await capInForce()).toBe(4);
  });

  it('Q1 are refused a start when one revision would mean two things', async () => {
    await bed.service.startReplica();
    await expect(bed.service.startReplica({ CAP_PER_PERSON: '2' })).rejects.toMatchObject({
      code: 'QUOTA.POLICY_CONTRADICTED',
    });
    expect(await capInForce()).toBe(3);
  });
});
