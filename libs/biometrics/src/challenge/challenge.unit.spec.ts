import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawChallenge } from './challenge.js';

const nonce = 'AAAAAAAAAAAAAAAAAAAAAA';

/** Whatever a source of randomness may say. */
const dice = fc.infiniteStream(fc.nat()).map((stream) => (maxExclusive: number) => {
  const { value } = stream.next();
  return Number(value) % maxExclusive;
});

describe('drawChallenge (V5)', () => {
  it('draws as many movements and colours as asked for, none twice in a row, and at least one turn', () => {
    fc.assert(
      fc.property(dice, (randomInt) => {
        const drawn = drawChallenge(randomInt, nonce, { movementCount: 3, colourCount: 4 });
        expect(drawn).toMatchObject({ nonce, movements: { length: 3 }, colours: { length: 4 } });
        for (const sequence of [drawn.movements, drawn.colours]) {
          expect(sequence.every((item, index) => item !== sequence[index - 1])).toBe(true);
        }
        expect(drawn.movements.some((movement) => movement.startsWith('turn-'))).toBe(true);
      }),
    );
  });

  it('makes every permitted sequence equally likely', () => {
    const counts = new Map<string, number>();
    // Every throw of three dice once; throws without a turn are thrown anew with the same dice, so left out.
    for (let first = 0; first < 5; first += 1) {
      for (let second = 0; second < 4; second += 1) {
        for (let third = 0; third < 4; third += 1) {
          const throws = [first, second, third];
          const name = drawChallenge(() => throws.shift() ?? 0, nonce).movements.join();
          counts.set(name, (counts.get(name) ?? 0) + 1);
        }
      }
    }
    // 80 sequences without repetition, 12 of them of the three movements that are no turns.
    expect(counts.size).toBe(68);
    const [again, ...once] = [...counts.values()].sort((a, b) => b - a);
    expect(again).toBe(13);
    expect(once.every((count) => count === 1)).toBe(true);
  });

  it('asks only for movements that it was given to choose from', () => {
    const { movements } = drawChallenge(() => 0, nonce, {
      movementCount: 4,
      colourCount: 0,
      among: ['nod', 'turn-right'],
    });
    expect(movements).toEqual(['nod', 'turn-right', 'nod', 'turn-right']);
  });

  it.each([[['nod', 'blink'] as const], [['turn-left'] as const]])(
    'refuses to choose from %j, which permits no challenge',
    (among) => {
      expect(() => drawChallenge(() => 0, nonce, { movementCount: 3, colourCount: 0, among })).toThrow(
        RangeError,
      );
    },
  );

  it('does not hide a source that leaves its range', () => {
    expect(() => drawChallenge((max) => max, nonce)).toThrow('left its range');
  });
});
