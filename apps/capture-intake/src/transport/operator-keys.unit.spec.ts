import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { OperatorKeys } from './operator-keys.js';

const digest = (key: string) => createHash('sha256').update(key).digest('hex');
const keys = new OperatorKeys({
  [digest('old')]: 'operator-a',
  [digest('new')]: 'operator-a',
  [digest('b')]: 'operator-b',
});

describe('OperatorKeys', () => {
  it.each([
    ['old', 'operator-a'],
    ['new', 'operator-a'],
    ['b', 'operator-b'],
  ])('knows the operator of the key %s', (key, operatorId) => {
    expect(keys.operatorOf(key)).toBe(operatorId);
  });

  it.each(['', 'B', 'b ', digest('b')])('knows nobody by %j', (key) => {
    expect(keys.operatorOf(key)).toBeUndefined();
  });
});
