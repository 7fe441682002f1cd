import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DestroyPersonKeyV1, PersonKeyDestroyedV1, PersonKeysStatusV1 } from '@absah/contracts';
import { sampleSubjectRef, waitFor } from '@absah/testing';
import { PrivacyBed } from './privacy-bed.js';

const NIK = Buffer.from('9999014101900001');

let bed: PrivacyBed;

beforeAll(async () => {
  bed = await PrivacyBed.open();
});
afterEach(() => bed.service.stopReplicas());
afterAll(() => bed?.close());

function destroy(subjectRef: string) {
  const order = { subjectRef, caseId: randomUUID(), requestedBy: 'privacy-officer' };
  return bed.service.bus.ask(DestroyPersonKeyV1, order);
}

async function sealedFor(subjectRef: string) {
  const { identity } = await bed.intake().of(subjectRef);
  return { keyId: identity.keyId, bytes: identity.seal(NIK, 'case') };
}

describe('A6 a destroyed key', () => {
  it('opens nothing any more, is announced, and leaves nobody else alone', async () => {
    await bed.service.startReplica();
    const [anna, budi] = [sampleSubjectRef(), sampleSubjectRef()];
    const [annas, budis] = [await sealedFor(anna), await sealedFor(budi)];
    const { keyId } = annas;
    expect(await destroy(anna)).toMatchObject({ kind: 'destroyed', keyId });
    await expect(bed.gateway().of(keyId)).rejects.toMatchObject({ code: 'PERSON_KEYS.DESTROYED' });
    const { identity } = await bed.balikan().of(budis.keyId);
    expect(Buffer.from(identity.open(budis.bytes, 'case'))).toEqual(NIK);
    const [row] = (await bed.stored()).filter(({ key_id }) => key_id === keyId);
    expect(row).toMatchObject({ wrapped_key: null, kek_id: null, destroyed_at: expect.any(Date) });
    const announced = () =>
      bed.service.bus.payloadsOf(PersonKeyDestroyedV1).find((event) => event.keyId === keyId);
    expect(await waitFor(announced, { description: 'the event' })).toMatchObject({
      subjectRef: anna,
      requestedBy: 'privacy-officer',
    });
  });

  it('is destroyed once, and counted', async () => {
    await bed.service.startReplica();
    const subjectRef = sampleSubjectRef();
    await sealedFor(subjectRef);
    const answers = await Promise.all([destroy(subjectRef), destroy(subjectRef), destroy(subjectRef)]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['destroyed', 'missing', 'missing']);
    const { destroyedCount } = await bed.service.bus.ask(PersonKeysStatusV1, {});
    expect(destroyedCount).toBeGreaterThanOrEqual(1);
  });

  it('is followed by another one when the person comes back, which opens nothing old', async () => {
    await bed.service.startReplica();
    const subjectRef = sampleSubjectRef();
    const before = await sealedFor(subjectRef);
    await destroy(subjectRef);
    const { identity } = await bed.intake().of(subjectRef);
    expect(identity.keyId).not.toBe(before.keyId);
    expect(() => identity.open(before.bytes, 'case')).toThrow(
      expect.objectContaining({ code: 'SEALING.UNKNOWN_KEY' }),
    );
  });

  it('is forgotten within the time of the cache by a replica that did not hear of it', async () => {
    await bed.service.startReplica({ KEY_CACHE_SECONDS: '1' });
    const subjectRef = sampleSubjectRef();
    const { keyId } = await sealedFor(subjectRef);
    await bed.service.rows(
      'UPDATE person_keys SET wrapped_key = NULL, kek_id = NULL, destroyed_at = now() WHERE key_id = $1',
      keyId,
    );
    const isGone = async () => (await bed.gateway().find([keyId]))[0] === undefined;
    expect(await waitFor(isGone, { description: 'the key to be forgotten' })).toBe(true);
  });

  it('cannot be half destroyed', async () => {
    await bed.service.startReplica();
    const { keyId } = await sealedFor(sampleSubjectRef());
    const half = bed.service.rows('UPDATE person_keys SET destroyed_at = now() WHERE key_id = $1', keyId);
    await expect(half).rejects.toThrow(/destroyed_keys_are_gone/);
  });
});
