import { describe, expect, it } from '@jest/globals';
import { format, inspect } from 'node:util';
import { Secret, secretKey, secretText } from './secret.js';

const WORD = 'correct-horse';
const secret = new Secret(WORD);

describe('a secret', () => {
  it.each([
    ['a text', String(secret)],
    ['a joined text', ['is', secret].join(' ')],
    ['JSON', JSON.stringify({ password: secret })],
    ['inspect, however deep', inspect({ a: { b: [secret] } }, { depth: 10, showHidden: true })],
    ['a format, as console does', format('%s %o %O %j', secret, secret, secret, secret)],
    ['its entries', JSON.stringify([Object.entries(secret), Object.getOwnPropertyNames(secret)])],
    ['a copy', JSON.stringify(Object.assign({}, secret))],
    ['an error that carries it', inspect(new Error('failed', { cause: { secret } }))],
  ])('does not show in %s', (_, shown) => {
    expect(shown).not.toContain(WORD);
  });

  it('shows that there is one', () => {
    expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual([
      '[secret]',
      '"[secret]"',
      '[secret]',
    ]);
  });

  it('is revealed to who asks', () => {
    expect(secret.reveal()).toBe(WORD);
  });
});

describe('secretKey', () => {
  it.each([
    ['31 bytes', Buffer.alloc(31).toString('base64')],
    ['33 bytes', Buffer.alloc(33).toString('base64')],
    ['no base64', 'z'.repeat(43) + '!'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(secretKey().safeParse(text).success).toBe(false);
  });

  it('takes 32 bytes', () => {
    const bytes = new Uint8Array(32).fill(200);
    expect(secretKey().parse(Buffer.from(bytes).toString('base64')).reveal()).toEqual(bytes);
  });
});

describe('secretText', () => {
  it('refuses nothing, and keeps the rest as it is', () => {
    expect(secretText().safeParse('').success).toBe(false);
    expect(secretText().parse(' a b ').reveal()).toBe(' a b ');
  });
});
