import { rm } from 'node:fs/promises';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sampleSubjectRef, waitFor } from '@absah/testing';
import { PrivacyBed } from './privacy-bed.js';

let bed: PrivacyBed;

/** A database that was in use with `kek-1`. */
beforeEach(async () => {
  bed = await PrivacyBed.open();
  await bed.service.startReplica();
  await bed.intake().of(sampleSubjectRef());
});
afterEach(() => bed?.close());

describe('A3 the start with key-encryption keys that are not the ones of the database', () => {
  beforeEach(() => bed.service.stopReplicas());

  it.each([
    ['another key under the same id', () => bed.writeKeks('kek-1', { 'kek-1': 9 }), 'PRIVACY.KEK_WRONG'],
    [
      'another key under the old id, beside a new one',
      () => bed.writeKeks('kek-2', { 'kek-1': 9, 'kek-2': 2 }),
      'PRIVACY.KEK_WRONG',
    ],
    ['the old key lost', () => bed.writeKeks('kek-2', { 'kek-2': 2 }), 'PRIVACY.KEK_LOST'],
    ['the file lost', () => rm(bed.kekFile), 'PRIVACY.KEK_FILE_UNREADABLE'],
    [
      'an active key that is not there',
      () => bed.writeKeks('kek-2', { 'kek-1': 1 }),
      'PRIVACY.KEK_FILE_UNREADABLE',
    ],
    ['a file of another kind', () => bed.writeText('kek-1=abc'), 'PRIVACY.KEK_FILE_UNREADABLE'],
    [
      'a key that is too short',
      () => bed.writeText(JSON.stringify({ active: 'kek-1', keys: { 'kek-1': 'AAAA' } })),
      'PRIVACY.KEK_FILE_UNREADABLE',
    ],
    [
      'a file that everybody may read',
      () => bed.writeKeks('kek-1', { 'kek-1': 1 }, { mode: 0o644 }),
      'PRIVACY.KEK_FILE_UNREADABLE',
    ],
  ])('is refused with %s, and says what to do', async (_, spoil, code) => {
    await spoil();
    const start = bed.service.startReplica();
    await expect(start).rejects.toMatchObject({ code, nextStep: expect.stringMatching(/\.$/) });
  });

  it('answers no question before the check is over, and makes no key', async () => {
    const before = await bed.stored();
    await bed.writeKeks('kek-1', { 'kek-1': 9 });
    let start: Promise<void> | undefined;
    await bed.service.database.transaction(async (manager) => {
      // The check waits for this table, a question does not.
      await manager.query('LOCK TABLE kek_checks');
      start = expect(bed.service.startReplica()).rejects.toMatchObject({ code: 'PRIVACY.KEK_WRONG' });
      const question = bed.intake().of(sampleSubjectRef());
      await expect(question).rejects.toMatchObject({ code: 'PERSON_KEYS.UNAVAILABLE' });
    });
    await start;
    expect(await bed.stored()).toHaveLength(before.length);
  });

  it('tells nobody a key', async () => {
    await bed.writeKeks('kek-1', { 'kek-1': 9 });
    const error: unknown = await bed.service.startReplica().catch((refused: unknown) => refused);
    const secret = Buffer.alloc(32, 9).toString('base64');
    expect(inspect([error, bed.service.logged], { depth: 9 })).not.toContain(secret);
  });

  it('succeeds when the right key is restored', async () => {
    await bed.writeKeks('kek-1', { 'kek-1': 9 });
    await expect(bed.service.startReplica()).rejects.toThrow();
    await bed.writeKeks('kek-1', { 'kek-1': 1 });
    await bed.service.startReplica();
    const [known] = await bed.stored();
    expect((await bed.intake().of(known!.subject_ref)).identity.keyId).toBe(known!.key_id);
    expect(await bed.stored()).toHaveLength(1);
  });
});

describe('A3 a wrong edit of the file while the service runs', () => {
  it.each([
    ['drops a key in use', () => bed.writeKeks('kek-2', { 'kek-2': 2 }), 'PRIVACY.KEK_LOST'],
    ['exchanges a key', () => bed.writeKeks('kek-1', { 'kek-1': 9 }), 'PRIVACY.KEK_WRONG'],
    ['is no JSON', () => bed.writeText('{'), 'PRIVACY.KEK_FILE_UNREADABLE'],
  ])('that %s wakes somebody, and the keys in memory stay in force', async (_, spoil, code) => {
    const subjectRef = sampleSubjectRef();
    const before = await bed.intake().of(subjectRef);
    await spoil();
    await waitFor(() => bed.service.logged.some((line) => line.includes(code)), { description: 'the alarm' });
    expect((await bed.intake().of(subjectRef)).identity.keyId).toBe(before.identity.keyId);
    await bed.intake().of(sampleSubjectRef());
    expect(new Set((await bed.stored()).map(({ kek_id }) => kek_id))).toEqual(new Set(['kek-1']));
  });
});
