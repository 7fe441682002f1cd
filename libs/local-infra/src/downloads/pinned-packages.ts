import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../progress.js';
import { runNpm } from './npm.js';

const LOCK = 'package-lock.json';
const INSTALLED = '.installed-lock';

/**
 * Installs what a package.json and its lock file pin, away from the product's own packages. No script of a
 * package runs, and nothing is done when the same lock was installed before.
 * @param pins folder that holds both files
 */
export async function installPinnedPackages(pins: string, folder: string, progress: Progress): Promise<void> {
  const lock = await readFile(join(pins, LOCK), 'utf8');
  const marker = join(folder, INSTALLED);
  if ((await readFile(marker, 'utf8').catch(() => undefined)) === lock) return;
  progress('Installing pinned packages', folder);
  await mkdir(folder, { recursive: true });
  // Without the marker an interrupted installation begins anew.
  await rm(marker, { force: true });
  for (const file of ['package.json', LOCK]) await cp(join(pins, file), join(folder, file));
  await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
  await writeFile(marker, lock);
}
