import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { UsageError, parseOptions } from './benchmark.js';

const settings = z.object({ rounds: z.coerce.number().int().min(1).default(5) });
const parse = (...args: string[]) => parseOptions(args, { rounds: { type: 'string' } }, settings);

describe('parseOptions', () => {
  it('reads options, fills in defaults and hands on what is left', () => {
    expect(parse('folder')).toEqual({ values: { rounds: 5 }, positionals: ['folder'] });
    expect(parse('--rounds=7').values.rounds).toBe(7);
  });

  it.each([['--rounds=0'], ['--rounds=many'], ['--round=3']])('refuses %s as wrong usage', (argument) => {
    expect(() => parse(argument)).toThrow(UsageError);
  });

  it('names the option that is wrong', () => {
    expect(() => parse('--rounds=0')).toThrow('--rounds: ');
  });
});
