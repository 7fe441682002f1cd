import { readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * PostgreSQL refuses to start while the process named in postmaster.pid lives. After a kill that
 * id may belong to anyone, in a container often to the launcher itself, so the file is removed
 * unless that process really works in this cluster.
 */
export async function removeStalePidFile(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined || process.platform !== 'linux') return;
  const pid = Number(text.split('\n')[0]);
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (workingFolder !== cluster) await rm(file, { force: true });
}
