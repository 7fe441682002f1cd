import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, installPinnedPackages } from '@absah/local-infra';
import type { Progress } from '@absah/local-infra';

const PINS = fileURLToPath(new URL('packages/', import.meta.url));

/** The packages of the peers, where they were installed. */
export interface PeerPackages {
  /** Of a file or folder, whose path starts with the package's name. */
  path(file: string): string;
  /** By path and not by name: human does not export the entry that runs on WebAssembly. */
  load(file: string): unknown;
  version(name: string): string;
}

export async function installPeerPackages(progress: Progress): Promise<string> {
  const folder = join(cacheFolder(), 'peers');
  await installPinnedPackages(PINS, folder, progress);
  return folder;
}

export function peerPackagesIn(folder: string): PeerPackages {
  const require = createRequire(join(folder, 'package.json'));
  const path = (file: string): string => join(folder, 'node_modules', file);
  return {
    path,
    load: (file) => require(path(file)) as unknown,
    version: (name) =>
      (JSON.parse(readFileSync(path(join(name, 'package.json')), 'utf8')) as { version: string }).version,
  };
}
