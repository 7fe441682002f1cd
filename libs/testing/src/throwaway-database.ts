import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, silent, startPostgres, withoutDurability } from '@absah/local-infra';

const OWNER = 'throwaway';

/** An empty database on a server of its own, for a command that tests outside the test runner; nothing remains. */
export async function withThrowawayDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'absah-throwaway-'));
  try {
    // Run by root, the server is another account, which must be able to enter.
    await chmod(folder, 0o755);
    const dataDir = join(folder, 'postgres');
    const postgres = await startPostgres({ dataDir, settings: withoutDurability, progress: silent });
    try {
      const password = randomBytes(16).toString('hex');
      return await work(await createDatabase(postgres.superuserUrl, OWNER, OWNER, password));
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
