import { accessSync, constants } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, configuredNatsServer, searchPath } from '../config.js';
import { aptDownload } from '../downloads/apt-download.js';
import { runCommand } from '../process/run-command.js';
import { silent, type Progress } from '../progress.js';

const EXECUTABLE = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';
/** Debian installs servers where an ordinary user's PATH does not look. */
const SERVER_FOLDER = '/usr/sbin';

/**
 * The nats-server to run: the configured one, an installed one, the one fetched earlier, or one
 * that apt downloads now.
 */
export async function resolveNatsServer(progress: Progress = silent): Promise<string> {
  const configured = configuredNatsServer();
  if (configured !== undefined) return requireExecutable(configured);
  const cached = join(cacheFolder(), 'nats-server', EXECUTABLE);
  const installed = [...searchPath(), SERVER_FOLDER].map((folder) => join(folder, EXECUTABLE));
  return [...installed, cached].find(isExecutable) ?? (await fetchInto(cached, progress));
}

function requireExecutable(file: string): string {
  if (isExecutable(file)) return file;
  throw new Error(`ABSAH_NATS_SERVER names ${file}, which is not an executable file`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function fetchInto(target: string, progress: Progress): Promise<string> {
  await mkdir(join(target, '..'), { recursive: true });
  const workFolder = await mkdtemp(join(target, '..', '.fetching-'));
  try {
    const archive = await aptDownload('nats-server', workFolder, progress);
    const unpacked = join(workFolder, 'unpacked');
    await runCommand('dpkg-deb', ['-x', archive, unpacked]);
    const binary = join(unpacked, 'usr', 'sbin', EXECUTABLE);
    await runCommand(binary, ['--version']);
    await rename(binary, target);
    return target;
  } catch (cause) {
    throw new Error(`No nats-server was found, and fetching one failed. ${installHint()}`, { cause });
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

function installHint(): string {
  const commands: Partial<Record<NodeJS.Platform, string>> = {
    linux: 'sudo apt-get update && sudo apt-get install -y nats-server',
    darwin: 'brew install nats-server',
    win32: 'winget install NATSAuthors.NATSServer',
  };
  const command = commands[process.platform];
  const install = command ? `Run "${command}"` : 'Install nats-server';
  return `${install}, or point ABSAH_NATS_SERVER at one.`;
}
