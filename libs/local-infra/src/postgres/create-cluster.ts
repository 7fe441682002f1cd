import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../process/run-command.js';
import type { Account } from '../process/server-process.js';

export const SUPERUSER = 'absah_superuser';

export interface NewCluster {
  readonly folder: string;
  readonly initdb: string;
  readonly password: string;
  readonly account: Account | undefined;
}

/** Makes the cluster unless it is there. One that was interrupted half-way is made anew. */
export async function createCluster(cluster: NewCluster): Promise<string> {
  const finished = join(cluster.folder, 'cluster');
  if (existsSync(finished)) return finished;
  const draft = `${finished}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft);
  await chmod(draft, 0o700);
  const passwordFile = `${draft}.password`;
  await writeFile(passwordFile, cluster.password, { mode: 0o600 });
  try {
    await handOver(cluster.account, draft, passwordFile);
    await initialise(cluster, draft, passwordFile);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(draft, finished);
  return finished;
}

async function handOver(account: Account | undefined, ...paths: readonly string[]): Promise<void> {
  if (account) for (const path of paths) await chown(path, account.uid, account.gid);
}

async function initialise(cluster: NewCluster, folder: string, passwordFile: string): Promise<void> {
  const options = [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ];
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  await runCommand(cluster.initdb, options, { cwd: cluster.folder, env, ...cluster.account });
}
