import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.js';

describe('readOptions', () => {
  it('kills everything twice, with a seed of chance, by default', () => {
    expect(readOptions([])).toEqual({
      rounds: 2,
      seed: undefined,
      rate: 3,
      replay: undefined,
      json: false,
      reconciler: true,
      control: undefined,
    });
  });

  it('reads every option', () => {
    const args = [
      '--rounds=1',
      '--seed=42',
      '--rate',
      '1.5',
      '--replay=plan.json',
      '--json',
      '--control=cap',
    ];
    expect(readOptions(args)).toMatchObject({
      rounds: 1,
      seed: 42,
      rate: 1.5,
      replay: 'plan.json',
      json: true,
      control: 'cap',
      reconciler: true,
    });
  });

  it('the control that has to find loss runs without the reconciler', () => {
    expect(readOptions(['--control'])).toMatchObject({ control: 'loss', reconciler: false, rounds: 1 });
    expect(readOptions(['--reconciler', 'off'])).toMatchObject({ control: undefined, reconciler: false });
  });

  it.each([
    ['--rounds=many'],
    ['--rate=0'],
    ['--control=all'],
    ['--reconciler=no'],
    ['--unknown'],
    ['extra'],
  ])('refuses %s', (option) => {
    expect(() => readOptions([option])).toThrow();
  });

  it('explains itself', () => {
    expect(readOptions(['--help'])).toBe('help');
  });
});
