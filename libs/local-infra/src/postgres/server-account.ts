import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Account } from '../process/server-process.js';

const UNPRIVILEGED = 'nobody';

/** PostgreSQL refuses to run as root; then it runs as `nobody`, otherwise as the user we are. */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = await readFile('/etc/passwd', 'utf8');
  const fields = accounts
    .split('\n')
    .find((line) => line.startsWith(`${UNPRIVILEGED}:`))
    ?.split(':');
  if (!fields) throw new Error(`PostgreSQL must not run as root, and there is no account ${UNPRIVILEGED}`);
  return { uid: Number(fields[2]), gid: Number(fields[3]) };
}

/** Asked of the kernel as that account, because modes alone do not tell about access lists. */
export function canEnter(folder: string, account: Account | undefined): boolean {
  return spawnSync('test', ['-x', folder], { cwd: '/', ...account }).status === 0;
}

export function canRun(binary: string, account: Account | undefined): boolean {
  return spawnSync(binary, ['--version'], { cwd: '/', ...account }).status === 0;
}
