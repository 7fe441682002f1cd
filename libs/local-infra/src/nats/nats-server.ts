import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ServerProcess } from '../process/server-process.js';
import { silent, type Progress } from '../progress.js';
import { resolveNatsServer } from './nats-binary.js';
import { renderNatsConfig, type NatsLimits, type NatsTls, type NatsUser } from './nats-config.js';

export interface NatsOptions {
  /** Streams, configuration and claim of this server; logs go beside it unless `logFolder` says else. */
  readonly storeDir: string;
  /** Without any, everyone on this machine may do everything. */
  readonly users: readonly NatsUser[];
  /** A free one when left out. */
  readonly port?: number;
  readonly limits?: Partial<NatsLimits>;
  /** Clients talk in the clear when left out. */
  readonly tls?: NatsTls;
  readonly logFolder?: string;
  readonly progress?: Progress;
}

export interface RunningNats {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Settles when the server has ended, for whatever reason. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

/** One thread carries a laptop's load; Go's others would spin between messages. Collects garbage less often. */
const MODEST_RUNTIME = { GOMAXPROCS: '1', GOGC: '400' };

const READY_WITHIN_MS = 30_000;
const POLL_INTERVAL_MS = 10;
const ANY_PORT = -1;
const GIBIBYTE = 1024 ** 3;
const LAPTOP_LIMITS: NatsLimits = { maxMemoryBytes: 0.75 * GIBIBYTE, maxFileBytes: 4 * GIBIBYTE };

export async function startNats(options: NatsOptions): Promise<RunningNats> {
  const binary = await resolveNatsServer(options.progress);
  const { storeDir } = options;
  const portsFolder = join(storeDir, 'ports');
  const configFile = join(storeDir, 'nats-server.conf');
  const server = await ServerProcess.launch({
    command: binary,
    args: ['--config', configFile],
    env: { PATH: '/usr/bin:/bin', ...MODEST_RUNTIME },
    cwd: storeDir,
    logFile: join(options.logFolder ?? join(dirname(storeDir), 'logs'), 'nats-server.log'),
    claimFile: join(storeDir, 'server.json'),
    beforeStart: () => prepareStore(options, configFile, portsFolder),
    stopSignals: ['SIGINT', 'SIGKILL'],
  });
  const port = await whenReady(server, portsFolder);
  (options.progress ?? silent)('NATS is ready', `port ${port}`);
  const url = `nats://127.0.0.1:${port}`;
  return { url, port, pid: server.pid, exited: server.exited, stop: () => server.stop() };
}

async function prepareStore(options: NatsOptions, configFile: string, portsFolder: string): Promise<void> {
  // A killed server leaves its announcement, and its process id may come again.
  await rm(portsFolder, { recursive: true, force: true });
  await mkdir(portsFolder);
  const text = renderNatsConfig({
    storeDir: options.storeDir,
    port: options.port ?? ANY_PORT,
    portsFolder,
    users: options.users,
    tls: options.tls,
    limits: { ...LAPTOP_LIMITS, ...options.limits },
  });
  // Removed first: the mode of an existing file would stay as it is, and this one holds passwords.
  await rm(configFile, { force: true });
  await writeFile(configFile, text, { mode: 0o600 });
}

async function whenReady(server: ServerProcess, portsFolder: string): Promise<number> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (server.isRunning && Date.now() < deadline) {
    const port = await announcedPort(server.pid, portsFolder);
    if (port !== undefined && (await accepts(port))) return port;
    await sleep(POLL_INTERVAL_MS);
  }
  const said = server.recentOutput();
  await server.stop();
  throw new Error(`nats-server did not start: ${said}`);
}

/** The server chose its port itself: one picked here could be taken by the time it listens. */
async function announcedPort(pid: number, portsFolder: string): Promise<number | undefined> {
  const name = (await readdir(portsFolder)).find((file) => file.endsWith(`_${pid}.ports`));
  if (!name) return undefined;
  const text = await readFile(join(portsFolder, name), 'utf8');
  const port = /"nats":\s*\[\s*"(?:nats|tls):\/\/[^"]*:(\d+)"/.exec(text)?.[1];
  return port === undefined ? undefined : Number(port);
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
