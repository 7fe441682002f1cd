import { findImages, type ImageFile } from '../../evaluate/dataset/image-files.js';
import { identify } from '../../evaluate/faces/identities.js';
import type { Labels } from '../../evaluate/faces/labels.js';

export interface Photograph {
  readonly path: string;
  /** Number of the person, from zero. */
  readonly person: number;
}

/** All photographs of the first `identities` people that have at least two: with one there is nobody to
 *  recognise. */
export async function findPhotographs(
  folder: string,
  labels: Labels,
  identities: number,
): Promise<readonly Photograph[]> {
  const images = await findImages(folder);
  return choosePhotographs(images, labels, identities);
}

export function choosePhotographs(
  images: readonly ImageFile[],
  labels: Labels,
  identities: number,
): readonly Photograph[] {
  const identified = identify(
    images.map((image) => ({ image })),
    labels,
  );
  const people = [...Map.groupBy(identified.images, ({ person }) => person).values()];
  const chosen = people.filter((photographs) => photographs.length > 1).slice(0, identities);
  return chosen.flat().map(({ image, person }) => ({ path: image.path, person }));
}
