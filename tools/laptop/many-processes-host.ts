import { fork, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastingPort } from '@absah/local-infra';
import type { AnyServiceName, Environment } from '@absah/service-kit';
import type { ServiceHost } from './host.js';
import { PlatformPart, type RunningPart } from './platform-part.js';

export interface RunningService extends RunningPart {
  readonly url: string;
}

const STOP_WITHIN_MS = 15_000;
const FREE_PORT = '0';

/** One service with a process of its own. */
export class ServicePart extends PlatformPart<RunningService> {
  get url(): string {
    return this.current.url;
  }
}

/** One process per service, as in production. A child that loses this launcher stops by itself. */
export async function manyProcessesHost(logFolder: string): Promise<ServiceHost<ServicePart>> {
  await mkdir(logFolder, { recursive: true });
  const replicas = new Map<AnyServiceName, number>();
  return {
    start: async (name, env) => {
      const replica = (replicas.get(name) ?? 0) + 1;
      replicas.set(name, replica);
      const part = replica === 1 ? name : `${name}-${replica}`;
      const logFile = join(logFolder, `${part}.log`);
      await rm(logFile, { force: true });
      const chosen = env['HTTP_PORT'] ?? FREE_PORT;
      const port = chosen === FREE_PORT ? String(await lastingPort()) : chosen;
      const launch = () => launchService(name, { ...env, HTTP_PORT: port }, logFile);
      return new ServicePart(part, launch, await launch());
    },
  };
}

async function launchService(
  name: AnyServiceName,
  env: Environment,
  logFile: string,
): Promise<RunningService> {
  const main = fileURLToPath(new URL(`../../apps/${name}/src/main.js`, import.meta.url));
  const child = fork(main, [], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A process group of its own: Ctrl-C reaches the launcher, which stops the services in order.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.once('close', () => log.end());
  const url = await readyAddress(child, name, logFile);
  return { url, pid: child.pid ?? 0, exited, stop: () => stop(child, exited) };
}

async function readyAddress(child: ChildProcess, name: string, logFile: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve((message as { ready: string }).ready));
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`${name} ended with status ${code} before it was ready; see ${logFile}`));
    });
  });
}

async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await exited;
  clearTimeout(impatience);
}
