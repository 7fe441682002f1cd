import { chmod, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from '../process/server-process.js';
import { canEnter } from './server-account.js';

/** Only root needs another place, and root can make one here. */
const ELSEWHERE = '/var/lib/absah-';

/**
 * The folder that holds the cluster: `dataDir`, or, where the account cannot enter it (a checkout
 * in a home closed to others), one elsewhere whose path `dataDir/location` remembers.
 */
export async function clusterFolder(dataDir: string, account: Account | undefined): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  if (!account) return dataDir;
  const remembered = await readFile(join(dataDir, 'location'), 'utf8').catch(() => undefined);
  if (remembered !== undefined) return remembered;
  if (canEnter(dataDir, account)) return dataDir;
  const elsewhere = await mkdtemp(ELSEWHERE);
  await chmod(elsewhere, 0o755);
  await writeFile(join(dataDir, 'location'), elsewhere);
  return elsewhere;
}
