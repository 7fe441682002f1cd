import { allHostileFiles } from './craft/all-hostile-files.js';
import { hostile, type HostileFile } from './craft/hostile-file.js';
import { honestFiles, mutationSeeds } from './honest-files.js';
import { mutant } from './mutate.js';

/** Files by number: the same number is the same file, in this process and the next. */
export type FileSetName =
  | { readonly kind: 'crafted' }
  | { readonly kind: 'mutated'; readonly seed: number }
  /** Honest files, between which one ends the process: whoever measures has to notice. */
  | { readonly kind: 'control' };

export type FileSet = (index: number) => HostileFile | undefined;

export async function openFileSets(portrait: Buffer): Promise<(name: FileSetName) => FileSet> {
  const crafted = allHostileFiles(await honestFiles(portrait));
  const seeds = await mutationSeeds(portrait);
  const control = [...seeds.slice(0, 2).map((seed) => hostile('honest', () => seed))];
  control.splice(1, 0, hostile('deadly', endThisProcess));
  return (name) => {
    switch (name.kind) {
      case 'crafted':
        return (index) => crafted[index];
      case 'control':
        return (index) => control[index];
      case 'mutated':
        return (index) =>
          hostile(`mutant ${index} of seed ${name.seed}`, () => mutant(seeds, name.seed, index));
    }
  };
}

function endThisProcess(): never {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('this process is no more');
}
