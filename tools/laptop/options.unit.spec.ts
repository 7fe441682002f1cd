import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.js';

describe('readOptions', () => {
  it('stays up, in one process, on a free port by default', () => {
    expect(readOptions([])).toEqual({ once: false, processes: 'one', port: 0 });
  });

  it('reads every option', () => {
    expect(readOptions(['--once', '--processes=many', '--port=8080'])).toEqual({
      once: true,
      processes: 'many',
      port: 8080,
    });
  });

  it.each([['--processes=two'], ['--port=http'], ['--port=-1'], ['--port=65536'], ['--unknown'], ['extra']])(
    'refuses %s',
    (option) => {
      expect(() => readOptions([option])).toThrow();
    },
  );

  it.each([['--help'], ['-h']])('explains itself at %s', (option) => {
    expect(readOptions([option])).toBe('help');
  });
});
