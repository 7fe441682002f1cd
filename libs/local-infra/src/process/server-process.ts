import { spawn, type ChildProcess } from 'node:child_process';
import { BoundedLog } from './bounded-log.js';
import { sendSignal } from './process-identity.js';
import { ServerClaim } from './server-claim.js';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The account to run as, where the launcher is root and the server must not be. */
  readonly account?: Account | undefined;
  readonly logFile: string;
  readonly claimFile: string;
  /** Runs once the claim is ours, so once no other server works in the folder. */
  readonly beforeStart?: () => Promise<void>;
  /** Sent one after the other until the server is gone. */
  readonly stopSignals: readonly NodeJS.Signals[];
  /** How long to wait after each signal. */
  readonly stopPatienceMs?: number;
}

const STOP_PATIENCE_MS = 20_000;
const LINGERING_WORKERS_MS = 2_000;

/** A server that lives no longer than the process that started it. */
export class ServerProcess {
  /** Settles when the server has ended, for whatever reason, and its claim is released. */
  readonly exited: Promise<void>;
  private running = true;

  private constructor(
    readonly pid: number,
    private readonly child: ChildProcess,
    private readonly log: BoundedLog,
    private readonly command: ServerCommand,
    ended: Promise<void>,
    claim: ServerClaim,
  ) {
    const deathWatch = watchOverParent(pid);
    this.exited = ended.then(async () => {
      this.running = false;
      deathWatch?.kill('SIGKILL');
      child.stdout?.destroy();
      child.stderr?.destroy();
      log.close();
      await claim.release();
    });
  }

  static async launch(server: ServerCommand): Promise<ServerProcess> {
    const claim = await ServerClaim.take(server.claimFile);
    const log = new BoundedLog(server.logFile);
    try {
      await server.beforeStart?.();
      const child = await spawnServer(server, log);
      await claim.record(child.pid);
      return new ServerProcess(child.pid, child.process, log, server, child.ended, claim);
    } catch (error) {
      log.close();
      await claim.release();
      throw error;
    }
  }

  get isRunning(): boolean {
    return this.running;
  }

  recentOutput(): string {
    return this.log.tail();
  }

  async stop(): Promise<void> {
    const { stopSignals, stopPatienceMs = STOP_PATIENCE_MS } = this.command;
    for (const signal of stopSignals) {
      if (!this.running) return;
      this.child.kill(signal);
      if (await this.endsWithin(stopPatienceMs)) return;
    }
    await this.exited;
  }

  private async endsWithin(patienceMs: number): Promise<boolean> {
    const { promise: timeout, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(resolve, patienceMs, false);
    const ended = await Promise.race([this.exited.then(() => true), timeout]);
    clearTimeout(timer);
    return ended;
  }
}

async function spawnServer(server: ServerCommand, log: BoundedLog) {
  const child = spawn(server.command, server.args, {
    cwd: server.cwd,
    env: server.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own group: Ctrl-C must reach the launcher alone, which drains before it stops servers.
    detached: true,
    ...server.account,
  });
  child.stdout.on('data', (chunk: Buffer) => log.write(chunk));
  child.stderr.on('data', (chunk: Buffer) => log.write(chunk));
  // Listened for from the start: a server that fails at once ends before anyone else could.
  const ended = outputEnded(child);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  if (child.pid === undefined) throw new Error(`${server.command} did not start`);
  return { pid: child.pid, process: child as ChildProcess, ended };
}

/**
 * A server's workers may outlive it for a moment and hold its output open. They are waited for,
 * because a restart has to find their memory freed, but not for ever.
 */
async function outputEnded(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once('close', () => resolve());
  child.once('exit', () => setTimeout(resolve, LINGERING_WORKERS_MS).unref());
  await promise;
}

/**
 * A shell that waits for the end of a pipe only this process holds open: the kernel closes it
 * however we die, also by SIGKILL, and the shell then ends the server.
 */
function watchOverParent(pid: number): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const script = 'read -r _; kill -s INT "$1"';
  const watch = spawn('/bin/sh', ['-c', script, 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.once('error', () => sendSignal(pid, 'SIGINT'));
  return watch;
}
