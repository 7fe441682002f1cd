import { describe, expect, it } from '@jest/globals';
import { preferredWait } from './prefer-wait.js';

describe('preferredWait', () => {
  it.each([
    ['wait=3', 3],
    ['wait=0', 0],
    ['respond-async, wait = 3', 3],
    ['Wait="5"; foo=bar', 5],
    ['wait=2, wait=9', 2],
    ['wait=11', 10],
  ])('reads %j as %d', (header, seconds) => {
    expect(preferredWait(header)).toBe(seconds);
  });

  it.each([undefined, '', 'wait', 'wait=', 'wait=-1', 'wait=1.5', 'wait=soon', 'await=3'])(
    'ignores %j',
    (header) => {
      expect(preferredWait(header)).toBeUndefined();
    },
  );

  it('looks into repeated headers', () => {
    expect(preferredWait(['respond-async', 'wait=4'])).toBe(4);
  });
});
