import { EVENTS } from '@absah/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditBed } from './audit-bed.js';

const SIZE = EVENTS.length;
const FORGED = Buffer.alloc(32, 7);

describe('the recomputation of the log', () => {
  let bed: AuditBed;

  beforeAll(async () => {
    bed = await AuditBed.open();
    await bed.startReplica();
    await bed.publishCase();
    await bed.recorded(SIZE);
  });

  afterAll(() => bed?.service.close());

  /** Somebody who owns the database switches the guard off, changes something, and leaves no trace in SQL. */
  async function findingsAfter(statement: string, ...parameters: unknown[]): Promise<unknown> {
    const runner = bed.service.database.createQueryRunner();
    const tables = ['log_entries', 'tree_heads'];
    try {
      await runner.query(
        'CREATE TABLE entries_before AS TABLE log_entries; CREATE TABLE heads_before AS TABLE tree_heads',
      );
      for (const table of tables) await runner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await runner.query(statement, parameters);
      return (await bed.get('/v1/log/recomputation')).body;
    } finally {
      await runner.query(`
        TRUNCATE log_entries, tree_heads;
        INSERT INTO log_entries TABLE entries_before; INSERT INTO tree_heads TABLE heads_before;
        DROP TABLE entries_before, heads_before`);
      for (const table of tables) await runner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
      await runner.release();
    }
  }

  it('A2 finds an untouched log intact', async () => {
    const { body: head } = await bed.get('/v1/log/head');
    const { size, rootHash } = head as { size: number; rootHash: string };
    expect((await bed.get('/v1/log/recomputation')).body).toEqual({ intact: true, size, rootHash });
  });

  it.each(['payload', 'occurred_at', 'subject', 'message_id'])('A2 finds an altered %s', async (column) => {
    const value = column === 'payload' ? 'payload || payload' : `${column} || 'x'`;
    const found = await findingsAfter(`UPDATE log_entries SET ${column} = ${value} WHERE position = 7`);
    expect(found).toEqual({ intact: false, finding: 'entry-altered', position: 7 });
  });

  it('A2 finds an entry whose hash was changed with it', async () => {
    const found = await findingsAfter(
      `UPDATE log_entries SET payload = payload || '!', leaf_hash =
         sha256('\\x00'::bytea || convert_to(
           'absah-log-entry/v1' || chr(10) || message_id || chr(10) || subject || chr(10) || occurred_at || chr(10), 'UTF8'
         ) || payload || '!')
       WHERE position = 7`,
    );
    expect(found).toMatchObject({ intact: false, finding: 'root-differs' });
  });

  it('A2 finds a removed entry', async () => {
    const found = await findingsAfter('DELETE FROM log_entries WHERE position = 7');
    expect(found).toEqual({ intact: false, finding: 'entry-missing', position: 7 });
  });

  it('A2 finds that the last entry was removed', async () => {
    const found = await findingsAfter('DELETE FROM log_entries WHERE position = $1', SIZE - 1);
    expect(found).toEqual({ intact: false, finding: 'entry-missing', position: SIZE - 1 });
  });

  it('A2 finds a forged root', async () => {
    const found = await findingsAfter('UPDATE tree_heads SET root_hash = $1 WHERE size = $2', FORGED, SIZE);
    expect(found).toEqual({ intact: false, finding: 'root-differs', position: SIZE - 1 });
  });

  it.each(['log_entries', 'tree_heads', 'subtree_hashes'])('A1 %s can only be appended to', async (table) => {
    await expect(bed.service.database.query(`DELETE FROM ${table}`)).rejects.toThrow('append-only');
    await expect(bed.service.database.query(`TRUNCATE ${table}`)).rejects.toThrow('append-only');
  });
});
