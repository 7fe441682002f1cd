import { describe, expect, it } from '@jest/globals';
import { keyedRequest, type KeyedContent } from './idempotency-key.js';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const content: KeyedContent = {
  key: 'k',
  operatorId: 'operator-a',
  method: 'POST',
  path: '/v1/verifications',
  parts: [
    ['image', bytes('i')],
    ['request', bytes('r')],
    ['frame', bytes('one')],
    ['frame', bytes('two')],
  ],
};
const { scope, fingerprint } = keyedRequest(content);
const [image, request, first, second] = content.parts as [never, never, never, never];

describe('keyedRequest', () => {
  it('does not care which of two differently named parts came first', () => {
    const swapped = keyedRequest({ ...content, parts: [first, request, second, image] });
    expect(swapped).toEqual({ scope, fingerprint });
  });

  it.each([
    ['frames in another order', [image, request, second, first]],
    ['a frame less', [image, request, first]],
    ['bytes of another part', [['image', bytes('r')], ['request', bytes('i')], first, second]],
    ['the bytes of two frames in one', [image, request, ['frame', bytes('onetwo')]]],
  ] as [string, KeyedContent['parts']][])('tells %s apart', (_, parts) => {
    const other = keyedRequest({ ...content, parts });
    expect(other.scope).toEqual(scope);
    expect(other.fingerprint).not.toEqual(fingerprint);
  });

  it.each([
    { key: 'l' },
    { operatorId: 'operator-b' },
    { method: 'PUT' },
    { path: '/v1/verifications/x' },
    { key: 'kk', path: '/v1/verification' },
  ])('keeps the key of %j apart', (change) => {
    expect(keyedRequest({ ...content, ...change }).scope).not.toEqual(scope);
  });

  it('makes of the same content another fingerprint under another key (A3)', () => {
    expect(keyedRequest({ ...content, key: 'l' }).fingerprint).not.toEqual(fingerprint);
  });
});
