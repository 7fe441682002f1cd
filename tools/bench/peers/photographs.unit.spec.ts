import { describe, expect, it } from '@jest/globals';
import { noLabels } from '../../evaluate/faces/labels.js';
import { choosePhotographs } from './photographs.js';

const images = [
  'ann/1.jpg',
  'bob/2.jpg',
  'bob/3.jpg',
  'cid/4.jpg',
  'cid/5.jpg',
  'dee/6.jpg',
  'stray.jpg',
].map((name) => ({
  path: `/photos/${name}`,
  name,
  folder: name.split('/').slice(0, -1).join('/'),
  size: 1,
  mtimeMs: 1,
}));

const chosen = (labels = noLabels, identities = 10) =>
  choosePhotographs(images, labels, identities).map(({ path, person }) => `${person}:${path}`);

describe('choosePhotographs', () => {
  it('takes all photographs of people who have two or more', () => {
    expect(chosen()).toEqual([
      '1:/photos/bob/2.jpg',
      '1:/photos/bob/3.jpg',
      '2:/photos/cid/4.jpg',
      '2:/photos/cid/5.jpg',
    ]);
  });

  it('takes no more people than asked', () => {
    expect(chosen(noLabels, 1)).toHaveLength(2);
  });

  it('counts after wrong labels are put right', () => {
    expect(chosen({ drop: ['2'], same: [['ann', 'dee']] })).toEqual([
      '0:/photos/ann/1.jpg',
      '0:/photos/dee/6.jpg',
      '2:/photos/cid/4.jpg',
      '2:/photos/cid/5.jpg',
    ]);
  });
});
