import { dirname, join } from 'node:path';
import { realpath } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CertificateFiles } from '../certificates/local-authority.js';
import { freePort } from '../free-port.js';
import { FolderInUseError } from '../process/server-claim.js';
import { ServerProcess, type Account } from '../process/server-process.js';
import { silent, type Progress } from '../progress.js';
import { loadOrCreateSecrets } from '../secrets.js';
import { admitClients } from './admitted-clients.js';
import { clusterFolder } from './cluster-folder.js';
import { SUPERUSER, createCluster } from './create-cluster.js';
import { asSuperuser, closeCommonDatabases, createDatabase } from './databases.js';
import { postgresBinaries, type PostgresBinaries } from './postgres-binaries.js';
import { settingArguments, type PostgresSettings } from './postgres-settings.js';
import { serverAccount } from './server-account.js';
import { removeStalePidFile } from './stale-pid-file.js';

export interface PostgresOptions {
  readonly dataDir: string;
  /** A free one when left out. */
  readonly port?: number;
  readonly settings?: PostgresSettings;
  /** Clients talk in the clear when left out. */
  readonly tls?: CertificateFiles;
  readonly logFolder?: string;
  readonly progress?: Progress;
}

export interface RunningPostgres {
  readonly port: number;
  readonly pid: number;
  readonly superuserUrl: string;
  /** Settles when the server has ended, for whatever reason. */
  readonly exited: Promise<void>;
  /** Creates what is missing, sets the password, and returns the role's URL of the database. */
  createDatabase(name: string, role: string, password: string): Promise<string>;
  stop(): Promise<void>;
}

interface Installation {
  readonly binaries: PostgresBinaries;
  readonly account: Account | undefined;
  readonly folder: string;
  readonly cluster: string;
  readonly password: string;
}

const READY_WITHIN_MS = 60_000;
const POLL_INTERVAL_MS = 25;
const START_ATTEMPTS = 4;
const RETRY_DELAY_MS = 500;

export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const progress = options.progress ?? silent;
  const installation = await install(options, progress);
  const { server, port, superuserUrl } = await launchWithRetry(options, installation);
  progress('PostgreSQL is ready', `port ${port}`);
  return {
    port,
    pid: server.pid,
    superuserUrl,
    exited: server.exited,
    createDatabase: (name, role, password) => createDatabase(superuserUrl, name, role, password),
    stop: () => server.stop(),
  };
}

async function install(options: PostgresOptions, progress: Progress): Promise<Installation> {
  const account = await serverAccount();
  const folder = await realpath(await clusterFolder(options.dataDir, account));
  const binaries = await postgresBinaries(join(folder, 'binaries'), account);
  const secrets = await loadOrCreateSecrets(join(folder, 'secrets'), ['superuser']);
  progress('Starting PostgreSQL', folder);
  const password = secrets.superuser;
  const cluster = await createCluster({ folder, initdb: binaries.initdb, password, account });
  return { binaries, account, folder, cluster, password };
}

/**
 * A second attempt helps when the chosen port was taken meanwhile, and when the workers of a
 * killed server still hold its shared memory for a moment.
 */
async function launchWithRetry(options: PostgresOptions, installation: Installation) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(options, installation);
    } catch (error) {
      if (attempt === START_ATTEMPTS || error instanceof FolderInUseError) throw error;
      await sleep(RETRY_DELAY_MS);
    }
  }
}

async function launch(options: PostgresOptions, installation: Installation) {
  const { binaries, account, folder, cluster, password } = installation;
  const port = options.port ?? (await freePort());
  const claimFile = join(folder, 'server.json');
  const server = await ServerProcess.launch({
    command: binaries.postgres,
    args: ['-D', cluster, ...settingArguments(port, options)],
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    cwd: folder,
    account,
    logFile: join(options.logFolder ?? join(dirname(options.dataDir), 'logs'), 'postgres.log'),
    claimFile,
    beforeStart: async () => {
      await removeStalePidFile(cluster);
      await admitClients(cluster, account, options.tls);
    },
    stopSignals: ['SIGINT', 'SIGQUIT', 'SIGKILL'],
  });
  const superuserUrl = withTls(
    `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`,
    options.tls,
  );
  await whenReady(server, superuserUrl);
  await closeCommonDatabases(superuserUrl);
  return { server, port, superuserUrl };
}

/** In the words of libpq, so that psql and every driver understand them. */
function withTls(url: string, tls: CertificateFiles | undefined): string {
  return tls ? `${url}?sslmode=verify-full&sslrootcert=${encodeURIComponent(tls.caFile)}` : url;
}

async function whenReady(server: ServerProcess, superuserUrl: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let obstacle: unknown;
  while (server.isRunning && Date.now() < deadline) {
    try {
      return await asSuperuser(superuserUrl, async (client) => void (await client.query('SELECT 1')));
    } catch (error) {
      obstacle = error;
      await sleep(POLL_INTERVAL_MS);
    }
  }
  const said = server.recentOutput();
  await server.stop();
  throw new Error(`PostgreSQL did not start: ${said}`, { cause: obstacle });
}
