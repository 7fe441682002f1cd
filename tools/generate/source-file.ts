import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** In a stable order, so that generated files do not depend on the file system. */
export async function readSources(root: string, patterns: readonly string[]): Promise<readonly SourceFile[]> {
  const paths: string[] = [];
  const exclude = (name: string) => name === 'node_modules' || name === 'dist';
  for await (const path of glob([...patterns], { cwd: root, exclude }))
    paths.push(path.replaceAll('\\', '/'));
  return Promise.all(
    paths.sort().map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })),
  );
}

/** `apps/liveness/src/config.ts` → `liveness` */
export function projectOf(path: string): string {
  return path.split('/')[1] ?? path;
}
