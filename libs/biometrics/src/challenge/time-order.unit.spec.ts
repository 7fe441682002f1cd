import { describe, expect, it } from '@jest/globals';
import { performance, recorded } from './acted-burst.js';
import { seenFaces } from './seen-face.js';
import { jumpiness } from './time-order.js';

const faces = seenFaces(recorded(performance(['turn-left', 'nod', 'turn-right'])));

describe('jumpiness', () => {
  it('is well below 0.7 for a movement in its order, forwards or backwards', () => {
    expect(jumpiness(faces)).toBeLessThan(0.6);
    expect(jumpiness([...faces].reverse())).toBeCloseTo(jumpiness(faces));
  });

  it('is 1 on average over the orders that begin at each frame and go on by each step', () => {
    // 19 is prime, so that every step visits every frame; together the orders hold each pair equally often.
    const orders = faces.flatMap((_, start) =>
      faces
        .slice(1)
        .map((__, step) => faces.map((___, index) => (start + index * (step + 1)) % faces.length)),
    );
    const all = orders.map((order) => jumpiness(order.flatMap((index) => faces[index] ?? [])));
    expect(all.reduce((sum, value) => sum + value, 0) / all.length).toBeCloseTo(1);
  });

  it('grows with the frames that are out of place', () => {
    const swapped = [...faces];
    [swapped[3], swapped[15]] = [faces[15]!, faces[3]!];
    expect(jumpiness(swapped)).toBeGreaterThan(jumpiness(faces) + 0.1);
  });
});
