import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file that is made from the sources and kept in the repository, so that a change of it is reviewed. */
export interface GeneratedFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly content: string;
}

export function jsonFile(path: string, value: unknown): GeneratedFile {
  return { path, content: `${JSON.stringify(value, undefined, 2)}\n` };
}

/** Those whose copy in the repository says something else, or is not there. */
export async function findDrift(
  root: string,
  files: readonly GeneratedFile[],
): Promise<readonly GeneratedFile[]> {
  const drifted = await Promise.all(
    files.map(async (file) => {
      const present = await readFile(join(root, file.path), 'utf8').catch(() => undefined);
      return present === file.content ? [] : [file];
    }),
  );
  return drifted.flat();
}

export async function writeFiles(root: string, files: readonly GeneratedFile[]): Promise<void> {
  for (const file of files) {
    const path = join(root, file.path);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.content);
  }
}
