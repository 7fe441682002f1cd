import type { ImageFile } from '../dataset/image-files.js';
import type { Labels } from './labels.js';

interface FromFile {
  readonly image: ImageFile;
}

/** Number of the person, from zero. */
type IdentifiedImage<Image extends FromFile> = Image & { readonly person: number };

export interface Identified<Image extends FromFile> {
  readonly images: readonly IdentifiedImage<Image>[];
  readonly persons: number;
  /** Images whose label is known to be wrong. */
  readonly dropped: number;
}

/** The first folder on an image's path names the person; images outside any folder show nobody known. */
export function identify<Image extends FromFile>(
  measured: readonly Image[],
  { drop, same }: Labels,
): Identified<Image> {
  const dropped = new Set(drop);
  const merged = mergedNames(same);
  const numbers = new Map<string, number>();
  const inFolders = measured.filter(({ image }) => image.folder !== '');
  const kept = inFolders.filter(({ image }) => !dropped.has(baseName(image.name)));
  const images = kept.map((one): IdentifiedImage<Image> => {
    const name = merged(one.image.folder.split('/')[0] ?? '');
    const person = numbers.get(name) ?? numbers.size;
    numbers.set(name, person);
    return { ...one, person };
  });
  return { images, persons: numbers.size, dropped: inFolders.length - kept.length };
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}

/** Follows chains: when a is b and b is c, all three are one person. */
function mergedNames(same: Labels['same']): (name: string) => string {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    const parent = parents.get(name);
    return parent === undefined ? name : rootOf(parent);
  };
  for (const [one, other] of same) {
    const [a, b] = [rootOf(one), rootOf(other)];
    if (a !== b) parents.set(b, a);
  }
  return rootOf;
}
