import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { foldersOf } from '../../../tools/laptop/temporary-data.js';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Command lines that name a data folder: the database server, the broker, whoever was started for them. */
export async function processesIn(dataDir: string): Promise<readonly string[]> {
  const folders = await foldersOf(dataDir);
  const commands = await (process.platform === 'linux' ? commandsFromProc() : commandsFromPs());
  return commands.filter((command) => folders.some((folder) => command.includes(folder)));
}

/** A small container has no `ps`. */
async function commandsFromProc(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.map((line) => line.replaceAll('\0', ' '));
}

async function commandsFromPs(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'command=']);
  return stdout.split('\n');
}
