import { describe, expect, it } from '@jest/globals';
import { rateClassification } from './classification-rates.js';
import type { Presentation } from './presentation.js';
import { evenThreshold, rateHeldOut, thresholdForApcer } from './threshold-choice.js';

function presentations(
  subject: string,
  species: string | undefined,
  scores: readonly (number | undefined)[],
): Presentation[] {
  return scores.map((score) => ({
    subject,
    ...(species !== undefined && {
      species,
      typeOfAttack: species.split('/')[0]!,
      kindOfAttack: species.split('/')[0]!,
    }),
    ...(score !== undefined && { score }),
  }));
}

const shown = [
  ...presentations('ann', undefined, [0.99, 0.96, 0.9, undefined]),
  ...presentations('bob', undefined, [0.97]),
  ...presentations('ann', 'print', [0.1, 0.2, 0.3, 0.95]),
  ...presentations('clip', 'replay/a', [0.5, undefined]),
  ...presentations('clip', 'replay/b', [0.96, 0.97]),
];

describe('rateClassification (V4)', () => {
  const rates = rateClassification(shown, 0.95);

  it('counts bona fide presentations that are refused, and those that get no answer', () => {
    expect(rates.bonaFide).toMatchObject({
      presentations: 5,
      responses: 4,
      errors: 1,
      rate: 1 / 4,
      nonResponseRate: 1 / 5,
      rateOfAll: 2 / 5,
    });
  });

  it('counts attacks that pass, species by species; the threshold itself passes', () => {
    expect(rates.bySpecies.get('print')).toMatchObject({ presentations: 4, errors: 1, rate: 0.25 });
    expect(rates.bySpecies.get('replay/a')).toMatchObject({
      presentations: 2,
      responses: 1,
      rate: 0,
      nonResponseRate: 0.5,
    });
    expect(rates.bySpecies.get('replay/b')).toMatchObject({ rate: 1, rateOfAll: 1 });
  });

  it('sums up types of attack, and judges by the worst single species', () => {
    const bigger = [...shown, ...presentations('clip', 'replay/b', [0.98])];
    const { byTypeOfAttack, worstApcer } = rateClassification(bigger, 0.95);
    expect([...byTypeOfAttack.keys()]).toEqual(['print', 'replay']);
    expect(byTypeOfAttack.get('replay')).toMatchObject({ responses: 4, errors: 3, rate: 0.75 });
    expect(worstApcer).toBe(1);
  });

  it('judges species of one or two answered images together with the others of their type', () => {
    expect(rates.worstApcer).toBe(2 / 3);
    const single = [...presentations('ann', undefined, [0.9]), ...presentations('p', 'print', [0.99])];
    expect(rateClassification(single, 0.95).worstApcer).toBe(1);
  });

  it('sums up kinds of attack', () => {
    expect(rates.byKindOfAttack.get('replay')).toMatchObject({ responses: 3, errors: 2, rateOfAll: 0.5 });
    expect(rates.attacks).toMatchObject({
      presentations: 8,
      responses: 7,
      errors: 3,
      nonResponseRate: 1 / 8,
    });
  });
});

describe('thresholdForApcer (V4)', () => {
  const attacks = presentations('x', 'print', [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);

  it('is just above the highest attack that must be refused', () => {
    expect(thresholdForApcer(attacks, 0)).toBeGreaterThan(1);
    const threshold = thresholdForApcer(attacks, 0.2);
    expect(threshold).toBeGreaterThan(0.8);
    expect(threshold).toBeLessThan(0.9);
  });

  it('serves the worst species', () => {
    const both = [...attacks, ...presentations('y', 'mask', [0.99, 0.98])];
    expect(thresholdForApcer(both, 0.2)).toBeGreaterThan(0.99);
  });
});

describe('evenThreshold (V4)', () => {
  it('lies in the middle of the gap where a gap parts all', () => {
    const parted = [
      ...presentations('a', undefined, [0.8, 0.9]),
      ...presentations('b', 'print', [0.1, 0.2]),
      ...presentations('c', 'replay', [0.4]),
    ];
    expect(evenThreshold(parted)).toBeCloseTo(0.6, 9);
  });

  it('makes the larger error as small as it can be', () => {
    const mixed = [
      ...presentations('a', undefined, [0.3, 0.7, 0.8, 0.9]),
      ...presentations('b', 'print', [0.1, 0.2, 0.4, 0.75]),
    ];
    // Between 0.4 and 0.7 one of four attacks passes and one of four living is refused.
    expect(evenThreshold(mixed)).toBeCloseTo(0.55, 9);
  });
});

describe('rateHeldOut (V4)', () => {
  it('judges each subject by a threshold that was chosen without it', () => {
    const held = rateHeldOut([
      ...presentations('live-1', undefined, [0.9]),
      ...presentations('live-2', undefined, [0.5]),
      ...presentations('attack-1', 'print', [0.1]),
      ...presentations('attack-2', 'print', [0.4]),
    ]);
    // Chosen without live-1: 0.45; without live-2: 0.65; without attack-1: 0.45; without attack-2: 0.3.
    expect(held?.thresholds.map((threshold) => Number(threshold.toFixed(6)))).toEqual([0.3, 0.65]);
    expect(held?.bonaFide).toMatchObject({ responses: 2, errors: 1 });
    expect(held?.bySpecies.get('print')).toMatchObject({ responses: 2, errors: 1 });
  });

  it('has no answer where one class is a single group, so that leaving it out leaves nothing to tell apart', () => {
    const live = presentations('live', undefined, [0.9, 0.8]);
    const print = presentations('print', 'print', [0.1, 0.2]);
    const another = presentations('another', 'print', [0.3]);
    const other = presentations('other', undefined, [0.7]);
    expect(rateHeldOut([...live, ...print])).toBe(undefined);
    expect(rateHeldOut([...live, ...print, ...another])).toBe(undefined);
    expect(rateHeldOut([...live, ...other, ...print])).toBe(undefined);
    expect(rateHeldOut([...live, ...other, ...print, ...another])).not.toBe(undefined);
  });

  it('does not choose on presentations that got no answer', () => {
    const live = ['ann', 'bob'].flatMap((name) => presentations(name, undefined, [0.9]));
    const unanswered = presentations('p2', 'print', [undefined]);
    expect(rateHeldOut([...live, ...presentations('p1', 'print', [0.1]), ...unanswered])).toBe(undefined);
  });

  it('has no answer with a single subject', () => {
    expect(rateHeldOut(presentations('only', 'print', [0.2]))).toBe(undefined);
  });
});
