import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checkoutFolder } from '../config.js';
import { runCommand } from '../process/run-command.js';
import type { Progress } from '../progress.js';
import { runNpm } from './npm.js';

export interface PinnedFile {
  /** Inside the package, with forward slashes. */
  readonly path: string;
  readonly sha256: string;
}

export interface PinnedPackage {
  /** What `npm pack` is asked for: a name and exact version. */
  readonly spec: string;
  readonly files: readonly PinnedFile[];
}

/**
 * Brings the pinned files of an npm package into a folder, by their base names. Only the tarball
 * is fetched: nothing is installed, no script runs. Files that are there and intact stay untouched.
 */
export async function fetchPackageFiles(
  source: PinnedPackage,
  folder: string,
  progress: Progress,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const missing = await filesThatDiffer(source.files, folder);
  if (missing.length === 0) return;
  progress(`Fetching ${source.spec}`, missing.map((file) => basename(file.path)).join(', '));
  const workFolder = await mkdtemp(join(folder, '.fetching-'));
  try {
    await unpack(source.spec, missing, workFolder);
    for (const file of missing) await moveIntoPlace(file, workFolder, folder);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function filesThatDiffer(files: readonly PinnedFile[], folder: string): Promise<PinnedFile[]> {
  const digests = await Promise.all(files.map((file) => digestOf(join(folder, basename(file.path)))));
  return files.filter((file, index) => digests[index] !== file.sha256);
}

async function digestOf(file: string): Promise<string | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  return bytes && createHash('sha256').update(bytes).digest('hex');
}

async function unpack(spec: string, files: readonly PinnedFile[], workFolder: string): Promise<void> {
  const args = ['pack', spec, '--json', '--ignore-scripts', '--pack-destination', workFolder];
  const report = await runNpm(args, checkoutFolder);
  const tarball = join(workFolder, tarballName(report, spec));
  const members = files.map((file) => `package/${file.path}`);
  await runCommand('tar', ['-xzf', tarball, '-C', workFolder, ...members]);
}

/** npm 10 and 11 report a list of packed packages, npm 12 an object keyed by package. */
function tarballName(report: string, spec: string): string {
  const [packed] = Object.values(JSON.parse(report) as Record<string, { filename: string }>);
  if (!packed) throw new Error(`npm packed nothing for ${spec}`);
  return basename(packed.filename);
}

async function moveIntoPlace(file: PinnedFile, workFolder: string, folder: string): Promise<void> {
  const unpacked = join(workFolder, 'package', ...file.path.split('/'));
  const actual = await digestOf(unpacked);
  if (actual !== file.sha256) {
    throw new Error(`${file.path} has sha256 ${actual ?? '(missing)'}, expected ${file.sha256}`);
  }
  await rename(unpacked, join(folder, basename(file.path)));
}
