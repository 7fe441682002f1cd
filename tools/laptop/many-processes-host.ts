import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HostedService, ServiceHost } from './host.js';

const STOP_WITHIN_MS = 15_000;

/** One process per service, as in production. A child that loses this launcher stops by itself. */
export async function manyProcessesHost(logFolder: string): Promise<ServiceHost> {
  await mkdir(logFolder, { recursive: true });
  return {
    start: async (name, env): Promise<HostedService> => {
      const main = fileURLToPath(new URL(`../../apps/${name}/src/main.js`, import.meta.url));
      const child = fork(main, [], {
        env: { ...env },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        // A process group of its own: Ctrl-C reaches the launcher, which stops the services in order.
        detached: true,
      });
      const log = createWriteStream(join(logFolder, `${name}.log`), { flags: 'w', mode: 0o600 });
      child.stdout?.pipe(log, { end: false });
      child.stderr?.pipe(log, { end: false });
      const url = await readyAddress(child, name, logFolder);
      return { name, url, pid: child.pid ?? 0, stop: () => stop(child) };
    },
  };
}

async function readyAddress(child: ChildProcess, name: string, logFolder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve((message as { ready: string }).ready));
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(
        new Error(`${name} ended with status ${code} before it was ready; see ${name}.log in ${logFolder}`),
      );
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await ended;
  clearTimeout(impatience);
}
