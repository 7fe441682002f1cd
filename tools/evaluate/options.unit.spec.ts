import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.js';

describe('readOptions of evaluate', () => {
  it('reads what to evaluate, where and how', () => {
    const args = ['faces', 'some/where', '--gate', '--captures', '2', '--workers=3', '--labels', 'l.json'];
    expect(readOptions(args)).toEqual({
      evaluation: 'faces',
      folder: 'some/where',
      out: undefined,
      json: false,
      workers: 3,
      limit: Number.MAX_SAFE_INTEGER,
      forget: false,
      labels: 'l.json',
      gate: true,
      captures: 2,
      namePairs: false,
      manifest: undefined,
      models: undefined,
    });
  });

  it.each([
    [[], 'say what to evaluate'],
    [['faces'], 'say what to evaluate'],
    [['voices', 'x'], 'say what to evaluate'],
    [['faces', 'x', 'y'], 'say what to evaluate'],
    [['faces', 'x', '--captures', '0'], '--captures is a whole number from 1 to 10'],
    [['faces', 'x', '--workers', 'two'], '--workers is a whole number from 1 to 64'],
    [['pad', 'x', '--captures', '2'], 'are for faces'],
    [['pad', 'x', '--labels', 'y'], 'are for faces'],
    [['quality', 'x', '--gate'], 'no meaning for quality'],
    [['faces', 'x', '--models', 'y'], 'belong together'],
    [['faces', 'x', '--threshold', '1'], "Unknown option '--threshold'"],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
