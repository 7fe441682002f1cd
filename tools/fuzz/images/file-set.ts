import { allHostileFiles } from './craft/all-hostile-files.js';
import type { HostileFile } from './craft/hostile-file.js';
import { honestFiles, mutationSeeds } from './honest-files.js';
import { mutant } from './mutate.js';

/** Files by number: the same number is the same file, in this process and the next. */
export type FileSetName = { readonly kind: 'crafted' } | { readonly kind: 'mutated'; readonly seed: number };

export type FileSet = (index: number) => HostileFile | undefined;

export async function openFileSets(samplesDir: string): Promise<(name: FileSetName) => FileSet> {
  const crafted = allHostileFiles(await honestFiles(samplesDir));
  const seeds = await mutationSeeds(samplesDir);
  return (name) => {
    if (name.kind === 'crafted') return (index) => crafted[index];
    return (index) => ({
      name: `mutant ${index} of seed ${name.seed}`,
      make: () => mutant(seeds, name.seed, index),
    });
  };
}
