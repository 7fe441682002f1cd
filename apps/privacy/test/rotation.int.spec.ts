import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PersonKeysStatusV1, RewrapPersonKeysV1 } from '@absah/contracts';
import { sampleSubjectRef, waitFor } from '@absah/testing';
import { PrivacyBed } from './privacy-bed.js';

const NIK = Buffer.from('9999014101900001');

let bed: PrivacyBed;

beforeEach(async () => {
  bed = await PrivacyBed.open();
});
afterEach(() => bed?.close());

interface SealedNik {
  readonly subjectRef: string;
  readonly keyId: string;
  readonly bytes: Uint8Array;
}

async function sealFor(count: number): Promise<SealedNik[]> {
  const people = Array.from({ length: count }, sampleSubjectRef);
  const keys = await bed.intake().find(people);
  return people.map((subjectRef, index) => {
    const { identity } = keys[index]!;
    return { subjectRef, keyId: identity.keyId, bytes: identity.seal(NIK, subjectRef) };
  });
}

async function openAll(sealed: readonly SealedNik[]): Promise<void> {
  const keys = await bed.balikan().find(sealed.map(({ keyId }) => keyId));
  for (const [index, { bytes, subjectRef }] of sealed.entries()) {
    expect(Buffer.from(keys[index]!.identity.open(bytes, subjectRef))).toEqual(NIK);
  }
}

async function keyCounts(): Promise<Record<string, number>> {
  const { keks } = await bed.service.bus.ask(PersonKeysStatusV1, {});
  return Object.fromEntries(keks.map(({ kekId, keyCount }) => [kekId, keyCount]));
}

function rewrap(kekId: string, limit: number, after?: string) {
  return bed.service.bus.ask(RewrapPersonKeysV1, { kekId, limit, ...(after && { after }) });
}

async function rewrapAll(kekId: string, limit: number): Promise<number> {
  let done = 0;
  for (let after: string | undefined; ;) {
    const answer = await rewrap(kekId, limit, after);
    done += answer.rewrapped;
    if (!answer.next) return done;
    after = answer.next;
  }
}

describe('A3 rotation of the key-encryption key', () => {
  it('wraps new keys under the new one and opens the old ones, without a restart', async () => {
    await bed.service.startReplica({ KEY_CACHE_SECONDS: '1' });
    const before = await sealFor(5);
    await bed.writeKeks('kek-2', { 'kek-1': 1, 'kek-2': 2 });
    await waitFor(async () => (await sealFor(1)) && (await keyCounts())['kek-2'], {
      description: 'kek-2 in use',
    });
    await openAll(before);
    expect((await keyCounts())['kek-1']).toBeGreaterThanOrEqual(5);
  });

  it('lets the old key go once everything is re-wrapped', async () => {
    await bed.service.startReplica();
    const before = await sealFor(25);
    await bed.writeKeks('kek-2', { 'kek-1': 1, 'kek-2': 2 });
    expect(await rewrapAll('kek-1', 10)).toBe(25);
    expect(await keyCounts()).toEqual({ 'kek-2': 25 });
    await bed.service.stopReplicas();
    await bed.writeKeks('kek-2', { 'kek-2': 2 });
    await bed.service.startReplica();
    await openAll(before);
  });

  it('opens what another replica wrapped under a key that this one has yet to read', async () => {
    const never = { KEK_RELOAD_SECONDS: '3600' };
    await bed.service.startReplica(never);
    await bed.writeKeks('kek-2', { 'kek-1': 1, 'kek-2': 2 });
    const early = await bed.service.startReplica(never);
    // The broker gives each question to either.
    const made = (await Promise.all(Array.from({ length: 20 }, () => sealFor(1)))).flat();
    const kekIds = new Set((await bed.stored()).map(({ kek_id }) => kek_id));
    expect(kekIds).toEqual(new Set(['kek-1', 'kek-2']));
    await early.close();
    await openAll(made);
  });
});

describe('A3 replicas that were given different keys under one new id', () => {
  it('seal under the one that came first, and take nobody for forgotten', async () => {
    const other = { file: bed.otherKekFile };
    await bed.writeKeks('kek-1', { 'kek-1': 1 }, other);
    await bed.service.startReplica({ KEY_CACHE_SECONDS: '1' });
    const mistaken = await bed.service.startReplica({ KEK_FILE: bed.otherKekFile, KEY_CACHE_SECONDS: '1' });
    await bed.writeKeks('kek-2', { 'kek-1': 1, 'kek-2': 2 });
    await waitFor(kek2IsKnown, { description: 'kek-2 in force' });
    await bed.writeKeks('kek-2', { 'kek-1': 1, 'kek-2': 3 }, other);
    await waitFor(() => bed.service.logged.some((line) => line.includes('PRIVACY.KEK_WRONG')), {
      description: 'the alarm',
    });
    // The broker gives each question to either.
    const made = (await Promise.all(Array.from({ length: 20 }, () => sealFor(1)))).flat();
    const asked = await Promise.allSettled(made.map(({ keyId }) => bed.balikan().of(keyId)));
    for (const answer of asked.filter(({ status }) => status === 'rejected')) {
      expect(answer).toMatchObject({ reason: { code: 'PERSON_KEYS.UNAVAILABLE' } });
    }
    await mistaken.close();
    await openAll(made);
  });

  async function kek2IsKnown(): Promise<boolean> {
    const rows = await bed.service.rows<object>(`SELECT FROM kek_checks WHERE kek_id = 'kek-2'`);
    return rows.length > 0;
  }
});

describe('A3 re-wrapping', () => {
  beforeEach(async () => {
    await bed.service.startReplica();
  });

  it('goes on where a killed run stopped, and does nothing twice', async () => {
    const before = await sealFor(30);
    await bed.writeKeks('kek-2', { 'kek-1': 1, 'kek-2': 2 });
    expect(await rewrap('kek-1', 12)).toMatchObject({ rewrapped: 12, unreadable: 0 });
    await bed.service.stopReplicas();
    await bed.service.startReplica();
    expect(await rewrapAll('kek-1', 12)).toBe(18);
    expect(await rewrapAll('kek-1', 12)).toBe(0);
    await openAll(before);
  });

  it('run three times at once re-wraps each key once', async () => {
    const before = await sealFor(60);
    await bed.writeKeks('kek-2', { 'kek-1': 1, 'kek-2': 2 });
    const done = await Promise.all([1, 2, 3].map(() => rewrapAll('kek-1', 7)));
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(60);
    await openAll(before);
  });

  it('passes over a key that does not open, and says so', async () => {
    const people = await sealFor(9);
    await bed.service.rows(
      `UPDATE person_keys SET wrapped_key = '\\x00' WHERE key_id = $1`,
      people[4]!.keyId,
    );
    await bed.writeKeks('kek-2', { 'kek-1': 1, 'kek-2': 2 });
    expect(await rewrapAll('kek-1', 2)).toBe(8);
    expect(await keyCounts()).toEqual({ 'kek-1': 1, 'kek-2': 8 });
    expect(bed.service.logged.join('')).toContain('PRIVACY.KEY_UNREADABLE');
  });

  it('of the active key is refused', async () => {
    await expect(rewrap('kek-1', 10)).rejects.toMatchObject({ code: 'PRIVACY.KEK_ACTIVE' });
  });

  it('and rotation under load fail no question, and lose no key', async () => {
    await bed.service.startReplica();
    const sealed: SealedNik[] = [];
    let running = true;
    const load = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (running) {
          const [made] = await sealFor(1);
          await openAll([made!]);
          sealed.push(made!);
        }
      }),
    );
    for (const [active, keys] of [
      ['kek-2', { 'kek-1': 1, 'kek-2': 2 }],
      ['kek-3', { 'kek-1': 1, 'kek-2': 2, 'kek-3': 3 }],
    ] as const) {
      await bed.writeKeks(active, keys);
      for (const kekId of Object.keys(keys).filter((id) => id !== active)) await rewrapAll(kekId, 20);
    }
    await waitFor(async () => Object.keys(await keyCounts()).join() === 'kek-3' || (await rewrapRest()), {
      description: 'everything under the last key',
      timeoutMs: 15_000,
    });
    const before = sealed.length;
    await waitFor(() => sealed.length >= before + 10, { description: 'some load after the rotations' });
    running = false;
    await load;
    expect(before).toBeGreaterThan(0);
    await bed.service.stopReplicas();
    await bed.service.startReplica();
    await openAll(sealed);
  });

  /** What a replica wrapped before it saw the new file. */
  async function rewrapRest(): Promise<false> {
    for (const kekId of Object.keys(await keyCounts()).filter((id) => id !== 'kek-3'))
      await rewrapAll(kekId, 20);
    return false;
  }
});
