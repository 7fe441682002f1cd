import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface ImageFile {
  readonly path: string;
  /** Relative to the folder that is evaluated, parts separated by `/`. */
  readonly name: string;
  /** Of `name`; '' for the root. */
  readonly folder: string;
  readonly size: number;
  readonly mtimeMs: number;
}

const EXTENSIONS = new Set(['.jpg', '.jpeg', '.png', '.webp']);

/** All images below a folder, ordered by name. Links are followed, and each folder is entered once. */
export async function findImages(root: string): Promise<ImageFile[]> {
  const found: ImageFile[] = [];
  const entered = new Set<string>();
  const enter = async (folder: string): Promise<void> => {
    const path = join(root, folder);
    const real = await realpath(path);
    if (entered.has(real)) return;
    entered.add(real);
    for (const entry of await readdir(path)) {
      const name = folder === '' ? entry : `${folder}/${entry}`;
      const about = await stat(join(root, name)).catch(() => undefined);
      if (about?.isDirectory()) await enter(name);
      else if (EXTENSIONS.has(extname(entry).toLowerCase())) {
        // A link to nowhere is a file that cannot be read, and counts as one.
        const { size = 0, mtimeMs = 0 } = about ?? {};
        found.push({ path: join(root, name), name, folder, size, mtimeMs });
      }
    }
  };
  await enter('');
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
