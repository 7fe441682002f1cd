import { describe, expect, it } from '@jest/globals';
import { judge } from './confirmations.js';

describe('what consumers answered about messages', () => {
  it('settles what everybody has', () => {
    const answers = [new Set<string>(), new Set(['b'])];
    expect(judge(['a', 'b'], answers)).toEqual({ confirmed: ['a'], missing: ['b'], unknown: [] });
  });

  it('settles nothing while somebody is silent, and still knows what is missing', () => {
    const answers = ['silent' as const, new Set(['b'])];
    expect(judge(['a', 'b'], answers)).toEqual({ confirmed: [], missing: ['b'], unknown: ['a'] });
  });

  it('settles nothing that nobody was asked about', () => {
    expect(judge(['a'], [])).toEqual({ confirmed: [], missing: [], unknown: ['a'] });
  });
});
