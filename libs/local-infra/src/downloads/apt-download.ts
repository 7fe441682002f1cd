import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../process/run-command.js';
import type { Progress } from '../progress.js';

/**
 * Downloads a Debian package with the system's own apt and sources, without installing it and
 * without root. Returns the path of the .deb inside `folder`.
 */
export async function aptDownload(name: string, folder: string, progress: Progress): Promise<string> {
  await mkdir(folder, { recursive: true });
  progress(`Downloading ${name} with apt`);
  try {
    await runCommand('apt-get', ['download', name], { cwd: folder });
  } catch {
    // No package lists, or lists that have grown stale: only root may refresh the system's.
    progress('Refreshing the package lists', 'in a private folder, the system stays as it is');
    const privately = await privateStateOptions(join(folder, 'apt'));
    await runCommand('apt-get', [...privately, 'update'], { cwd: folder });
    await runCommand('apt-get', [...privately, 'download', name], { cwd: folder });
  }
  const archive = (await readdir(folder)).find((file) => file.endsWith('.deb'));
  if (!archive) throw new Error(`apt-get download left no archive of ${name}`);
  return join(folder, archive);
}

async function privateStateOptions(folder: string): Promise<string[]> {
  await mkdir(join(folder, 'lists', 'partial'), { recursive: true });
  await mkdir(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
  const options = [`Dir::State::Lists=${join(folder, 'lists')}`, `Dir::Cache=${join(folder, 'cache')}`];
  // apt's unprivileged account cannot write into folders that are ours.
  if (process.getuid?.() === 0) options.push('APT::Sandbox::User=root');
  return options.flatMap((option) => ['-o', option]);
}
