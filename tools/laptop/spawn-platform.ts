import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { AnyServiceName } from '@absah/service-kit';
import { trustAuthority } from './trust-authority.js';
import type { Platform } from './platform.js';

/** What the platform's process tells whoever spawned it. */
export type PlatformAnnouncement = Pick<Platform, 'urls' | 'secrets' | 'pids'> & {
  readonly modelsDir: string;
  readonly natsUrl: string;
  readonly databaseUrls: Readonly<Record<AnyServiceName, string>>;
  /** Whom a client of the platform has to trust. */
  readonly caFile: string;
};

export interface SpawnedPlatform extends PlatformAnnouncement {
  stop(): Promise<void>;
}

/** Starts the platform on the given data folder, outside this process; its CPU and its faults are its own. */
export async function spawnPlatform(
  dataDir: string,
  processes: 'one' | 'many' = 'one',
): Promise<SpawnedPlatform> {
  const entry = fileURLToPath(new URL('./platform-process.js', import.meta.url));
  const child = fork(entry, [dataDir, processes], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const announced = once(child, 'message') as Promise<[PlatformAnnouncement]>;
  const [announcement] = await Promise.race([announced, ended.then(() => [undefined] as const)]);
  if (!announcement) throw new Error('the platform did not start');
  await trustAuthority(announcement.caFile);
  const stop = async (): Promise<void> => {
    if (child.connected) child.send('stop');
    await ended;
  };
  return { ...announcement, stop };
}
