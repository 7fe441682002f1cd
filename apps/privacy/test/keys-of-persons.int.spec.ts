import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sampleSubjectRef } from '@absah/testing';
import { PrivacyBed } from './privacy-bed.js';

const NIK = Buffer.from('9999014101900001');
const TEMPLATE = Buffer.alloc(64, 9);

let bed: PrivacyBed;

beforeAll(async () => {
  bed = await PrivacyBed.open();
});
afterEach(() => bed.service.stopReplicas());
afterAll(() => bed?.close());

const storedOf = async (subjectRef: string) =>
  (await bed.stored()).filter((row) => row.subject_ref === subjectRef);

describe('A3 the key of a person', () => {
  it('seals in one service and opens in the next', async () => {
    await bed.service.startReplica();
    const subjectRef = sampleSubjectRef();
    const sealed = (await bed.intake().of(subjectRef)).identity.seal(NIK, 'case');
    const template = (await bed.extraction().of(subjectRef)).template.seal(TEMPLATE, 'template');
    const [row] = await storedOf(subjectRef);
    const comparison = await bed.gateway().of(row!.key_id);
    expect(Buffer.from(comparison.identity.open(sealed, 'case'))).toEqual(NIK);
    expect(Buffer.from(comparison.template.open(template, 'template'))).toEqual(TEMPLATE);
    expect(Buffer.from((await bed.balikan().of(row!.key_id)).identity.open(sealed, 'case'))).toEqual(NIK);
  });

  it('does not open a NIK for who may only seal templates', async () => {
    await bed.service.startReplica();
    const subjectRef = sampleSubjectRef();
    const sealed = (await bed.intake().of(subjectRef)).identity.seal(NIK, 'case');
    const { template } = await bed.extraction().of(subjectRef);
    expect(() => template.open(sealed, 'case')).toThrow(expect.objectContaining({ code: 'SEALING.BROKEN' }));
  });

  it('is the same for all who ask two replicas at once for a person nobody knew, and one row', async () => {
    await Promise.all([bed.service.startReplica(), bed.service.startReplica()]);
    const subjectRef = sampleSubjectRef();
    const keys = await Promise.all(Array.from({ length: 24 }, () => bed.intake().of(subjectRef)));
    expect(new Set(keys.map(({ identity }) => identity.keyId)).size).toBe(1);
    const sealed = keys[0]!.identity.seal(NIK, 'case');
    for (const { identity } of keys) expect(Buffer.from(identity.open(sealed, 'case'))).toEqual(NIK);
    expect(await storedOf(subjectRef)).toHaveLength(1);
  });

  it('is another one for each person, and outlives a restart', async () => {
    await bed.service.startReplica();
    const people = Array.from({ length: 50 }, sampleSubjectRef);
    const before = await bed.intake().find(people);
    expect(new Set(before.map((keys) => keys?.identity.keyId)).size).toBe(50);
    const sealed = before.map((keys, index) => keys!.identity.seal(NIK, people[index]!));
    await bed.service.stopReplicas();
    await bed.service.startReplica();
    const after = await bed.intake().find(people);
    for (const [index, keys] of after.entries()) {
      expect(Buffer.from(keys!.identity.open(sealed[index]!, people[index]!))).toEqual(NIK);
    }
  });

  it('rests only wrapped', async () => {
    await bed.service.startReplica();
    const subjectRef = sampleSubjectRef();
    const { identity } = await bed.intake().of(subjectRef);
    const [row] = await storedOf(subjectRef);
    // 32 bytes of secret, 16 of its id, 12 of nonce, 16 of tag.
    expect(row).toMatchObject({ key_id: identity.keyId, kek_id: 'kek-1', destroyed_at: null });
    expect(row!.wrapped_key).toHaveLength(76);
    expect(bed.service.logged.join('')).not.toContain(row!.wrapped_key!.toString('base64'));
  });
});

describe('A6 a key that is not to be had', () => {
  it('is missing when nobody ever made it', async () => {
    await bed.service.startReplica();
    const unknown = '019ab0c1-2345-7678-9abc-def012345678';
    await expect(bed.gateway().of(unknown)).rejects.toMatchObject({ code: 'PERSON_KEYS.MISSING' });
  });

  it('is not given out for another person’s, and holds up nobody else', async () => {
    await bed.service.startReplica();
    const [anna, budi] = [sampleSubjectRef(), sampleSubjectRef()];
    await bed.intake().find([anna, budi]);
    await bed.service.rows(
      `UPDATE person_keys SET wrapped_key = (SELECT wrapped_key FROM person_keys WHERE subject_ref = $1)
       WHERE subject_ref = $2`,
      anna,
      budi,
    );
    await bed.service.stopReplicas();
    await bed.service.startReplica();
    const [annas, budis] = await bed.intake().find([anna, budi]);
    expect([typeof annas?.identity.keyId, budis]).toEqual(['string', undefined]);
    expect(bed.service.logged.join('')).toContain('PRIVACY.KEY_UNREADABLE');
  });
});
