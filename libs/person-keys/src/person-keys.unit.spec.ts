import { createSecretKey, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { IdentityKeysOfSubjectsV1 } from '@absah/contracts';
import type { PayloadOf } from '@absah/contracts';
import { ServiceError, uuidV7 } from '@absah/domain-kit';
import type { QueryClient } from '@absah/messaging';
import { IDENTITY_KEYS_OF_SUBJECTS } from './key-queries.js';
import { sealKeyReply, type Found, type PersonSecret } from './key-reply.js';
import { PersonKeys } from './person-keys.js';

type Question = PayloadOf<typeof IdentityKeysOfSubjectsV1>;

const transportKey = randomBytes(32);
const [anna, budi] = ['a'.repeat(64), 'b'.repeat(64)] as const;

let secrets: Map<string, PersonSecret>;
let destroyed: Set<string>;
let questions: Question[];
let answer: (question: Question) => Promise<string>;

beforeEach(() => {
  secrets = new Map([anna, budi].map((name) => [name, newSecret()]));
  destroyed = new Set();
  questions = [];
  answer = async (question) => sealFor(question);
});

function newSecret(): PersonSecret {
  return { keyId: uuidV7(), secret: createSecretKey(randomBytes(32)) };
}

function sealFor({ nonce, subjectRefs }: Question, key: Uint8Array = transportKey): string {
  const found = subjectRefs.map((name): Found<PersonSecret> =>
    destroyed.has(name) ? 'destroyed' : secrets.get(name),
  );
  return sealKeyReply(IDENTITY_KEYS_OF_SUBJECTS, { transportKey: key, nonce }, found);
}

function personKeys(limits: { cacheEntries?: number; cacheSeconds?: number } = {}): PersonKeys<'identity'> {
  const ask = async (_: unknown, question: Question) => {
    questions.push(question);
    return { sealed: await answer(question) };
  };
  const queries = { ask } as unknown as QueryClient;
  const settings = { transportKey, cacheEntries: 10, cacheSeconds: 60, ...limits };
  return new PersonKeys(queries, IDENTITY_KEYS_OF_SUBJECTS, settings);
}

const away = async (): Promise<never> => {
  throw new ServiceError('unavailable', 'MESSAGING.NO_ANSWER', 'in vain');
};

describe('PersonKeys (A3, A6)', () => {
  it('gives everybody the own key', async () => {
    const keys = personKeys();
    const sealed = (await keys.of(anna)).identity.seal(Uint8Array.of(1, 2), 'case');
    expect(Array.from((await personKeys().of(anna)).identity.open(sealed, 'case'))).toEqual([1, 2]);
    expect((await keys.of(budi)).identity.keyId).toBe(secrets.get(budi)?.keyId);
  });

  it('asks once for who ask at the same time, and not again as long as it remembers', async () => {
    const keys = personKeys();
    const all = await Promise.all(Array.from({ length: 20 }, () => keys.of(anna)));
    await keys.of(anna);
    expect(new Set(all).size).toBe(1);
    expect(questions).toHaveLength(1);
  });

  it('asks for a batch in one question, without those that it remembers', async () => {
    const keys = personKeys();
    await keys.of(anna);
    const found = await keys.find([budi, anna, 'c'.repeat(64), budi]);
    expect(questions.map(({ subjectRefs }) => subjectRefs)).toEqual([[anna], [budi, 'c'.repeat(64)]]);
    expect(found.map((key) => key?.identity.keyId)).toEqual([
      secrets.get(budi)?.keyId,
      secrets.get(anna)?.keyId,
      undefined,
      secrets.get(budi)?.keyId,
    ]);
  });

  it('answers a batch that is larger than its memory', async () => {
    const found = await personKeys({ cacheEntries: 1 }).find([anna, budi]);
    expect(found.map((key) => key?.identity.keyId)).toEqual(
      [anna, budi].map((name) => secrets.get(name)?.keyId),
    );
  });

  it('forgets in time, so that a destroyed key stops working', async () => {
    const keys = personKeys({ cacheSeconds: 0.02 });
    await keys.of(anna);
    secrets.delete(anna);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await expect(keys.of(anna)).rejects.toMatchObject({ kind: 'missing', code: 'PERSON_KEYS.MISSING' });
  });

  it('tells a destroyed key from one that nobody made', async () => {
    destroyed.add(anna);
    const late = 'c'.repeat(64);
    const keys = personKeys();
    expect(await keys.lookUp([anna, late])).toEqual(['destroyed', undefined]);
    expect(await keys.find([anna, late])).toEqual([undefined, undefined]);
    await expect(keys.of(anna)).rejects.toMatchObject({ kind: 'missing', code: 'PERSON_KEYS.DESTROYED' });
  });

  it('remembers no failure', async () => {
    const keys = personKeys();
    answer = away;
    await expect(keys.of(anna)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'PERSON_KEYS.UNAVAILABLE',
      retryAfterSeconds: 1,
    });
    answer = async (question) => sealFor(question);
    expect((await keys.of(anna)).identity.keyId).toBe(secrets.get(anna)?.keyId);
  });

  it('remembers no absence', async () => {
    const keys = personKeys();
    const late = 'c'.repeat(64);
    await expect(keys.of(late)).rejects.toMatchObject({ code: 'PERSON_KEYS.MISSING' });
    secrets.set(late, newSecret());
    expect((await keys.of(late)).identity.keyId).toBe(secrets.get(late)?.keyId);
  });
});

describe('an answer', () => {
  it('of somebody with another transport key is told from a broken one', async () => {
    answer = async (question) => sealFor(question, randomBytes(32));
    await expect(personKeys().of(anna)).rejects.toMatchObject({ code: 'PERSON_KEYS.TRANSPORT_KEY_WRONG' });
  });

  it('to an earlier question is refused', async () => {
    const keys = personKeys();
    const recorded = sealFor({ nonce: randomBytes(16).toString('base64url'), subjectRefs: [anna] });
    answer = async () => recorded;
    await expect(keys.of(anna)).rejects.toMatchObject({ name: 'ServiceError' });
  });

  it('that was altered on its way is refused', async () => {
    answer = async (question) => {
      const bytes = Buffer.from(sealFor(question), 'base64url');
      bytes[bytes.length - 1]! ^= 1;
      return bytes.toString('base64url');
    };
    await expect(personKeys().of(anna)).rejects.toMatchObject({ code: 'SEALING.BROKEN' });
  });

  it('for fewer persons than were asked for is refused', async () => {
    answer = async ({ nonce }) => sealFor({ nonce, subjectRefs: [anna] });
    await expect(personKeys().find([anna, budi])).rejects.toMatchObject({
      code: 'PERSON_KEYS.REPLY_MALFORMED',
    });
  });

  it('shows no byte of a key to the broker', async () => {
    const sealed = Buffer.from(sealFor({ nonce: 'n'.repeat(22), subjectRefs: [anna] }), 'base64url');
    const { identity } = await personKeys().of(anna);
    const exported = secrets.get(anna)!.secret.export();
    expect(sealed.includes(exported.subarray(0, 8))).toBe(false);
    expect(identity.keyId).not.toBe('');
  });
});

describe('the check at the start', () => {
  it.each([
    ['agrees with privacy', async (question: Question) => sealFor(question), 'agreed'],
    ['goes on without privacy', away, 'no answer'],
  ])('%s', async (_, how, expected) => {
    answer = how;
    expect(await personKeys().check()).toBe(expected);
  });

  it('fails when privacy answers somebody else', async () => {
    answer = async (question) => sealFor(question, randomBytes(32));
    await expect(personKeys().check()).rejects.toMatchObject({
      code: 'PERSON_KEYS.TRANSPORT_KEY_WRONG',
      nextStep: expect.stringContaining('same key'),
    });
  });
});
