import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Compiled files run from dist/, so the checkout is found by a file that only its root has. */
function findCheckout(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'tools', 'run.mjs'))) return folder;
    if (folder === dirname(folder)) throw new Error(`No Absah checkout around ${start}`);
  }
}

export const checkoutFolder = findCheckout(dirname(fileURLToPath(import.meta.url)));

/** Where a laptop keeps everything it downloads and stores; ABSAH_HOME moves it. */
export function homeFolder(): string {
  const configured = process.env['ABSAH_HOME'];
  return configured ? resolve(configured) : join(checkoutFolder, '.absah');
}

/** Downloads, shared by start, tests and benches; may be deleted at any time. */
export function cacheFolder(): string {
  return join(homeFolder(), 'cache');
}

/** Databases, streams, keys and logs of the laptop's platform. */
export function dataFolder(): string {
  return join(homeFolder(), 'data');
}

export function configuredNatsServer(): string | undefined {
  return process.env['ABSAH_NATS_SERVER'] || undefined;
}

export function searchPath(): string[] {
  const separator = process.platform === 'win32' ? ';' : ':';
  return (process.env['PATH'] ?? '').split(separator).filter(Boolean);
}

/** The script of the npm that runs us, where it is npm that runs us. */
export function npmScript(): string | undefined {
  const script = process.env['npm_execpath'];
  return script?.endsWith('npm-cli.js') ? script : undefined;
}
