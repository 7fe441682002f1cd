import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { homeFolder } from '@absah/local-infra';

/** A data folder beside the downloads. Open to all, since root runs PostgreSQL under another account. */
export async function makeTemporaryData(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(homeFolder(), `${prefix}-`));
  await chmod(folder, 0o755);
  return folder;
}

/** Everything that a platform on this folder keeps: where others may not enter it, its database is elsewhere. */
export async function foldersOf(dataDir: string): Promise<readonly string[]> {
  const elsewhere = await readFile(join(dataDir, 'postgres', 'location'), 'utf8').catch(() => undefined);
  return elsewhere === undefined ? [dataDir] : [dataDir, elsewhere];
}

export async function removeTemporaryData(dataDir: string): Promise<void> {
  for (const folder of await foldersOf(dataDir)) await rm(folder, { recursive: true, force: true });
}
