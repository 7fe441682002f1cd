import { describe, expect, it } from '@jest/globals';
import { identify } from './identities.js';
import { noLabels } from './labels.js';

const measured = ['ann/1.jpg', 'ann/more/2.jpg', 'anna/3.jpg', 'bob/4.jpg', 'robert/5.jpg', 'stray.jpg'].map(
  (name) => ({
    image: { path: name, name, folder: name.split('/').slice(0, -1).join('/'), size: 1, mtimeMs: 1 },
    measurement: { kind: 'no-face' as const },
  }),
);

function personsByName(labels: Parameters<typeof identify>[1]): Record<string, number> {
  const { images } = identify(measured, labels);
  return Object.fromEntries(images.map(({ image, person }) => [image.name, person]));
}

describe('identify (V3)', () => {
  it('takes the first folder for the person, and leaves out images outside any folder', () => {
    expect(personsByName(noLabels)).toEqual({
      'ann/1.jpg': 0,
      'ann/more/2.jpg': 0,
      'anna/3.jpg': 1,
      'bob/4.jpg': 2,
      'robert/5.jpg': 3,
    });
  });

  it('leaves out images with a wrong label', () => {
    expect(identify(measured, { drop: ['4', '9'], same: [] })).toMatchObject({ dropped: 1, persons: 3 });
  });

  it('takes folders of one person together, also in a chain', () => {
    const labels = {
      drop: [],
      same: [
        ['anna', 'bob'],
        ['robert', 'bob'],
        ['bob', 'anna'],
      ] as [string, string][],
    };
    const persons = personsByName(labels);
    expect(new Set([persons['anna/3.jpg'], persons['bob/4.jpg'], persons['robert/5.jpg']]).size).toBe(1);
    expect(persons['ann/1.jpg']).not.toBe(persons['bob/4.jpg']);
  });
});
