import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { homeFolder } from '@absah/local-infra';
import type { Platform } from '../../laptop/platform.js';

/** What the platform's process tells the bench. */
export type PlatformAnnouncement = Pick<Platform, 'urls' | 'secrets' | 'pids'> & { readonly modelsDir: string };

export interface BenchPlatform extends PlatformAnnouncement {
  stop(): Promise<void>;
}

/** A fresh platform on empty databases, with durable commits as in production. */
export async function startBenchPlatform(): Promise<BenchPlatform> {
  const folder = await mkdtemp(join(homeFolder(), 'bench-'));
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const entry = fileURLToPath(new URL('./platform-process.js', import.meta.url));
  const child = fork(entry, [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const announced = once(child, 'message') as Promise<[PlatformAnnouncement]>;
  const [first] = await Promise.race([announced, ended.then(() => [undefined] as const)]);
  if (!first) {
    await discard();
    throw new Error('the platform did not start');
  }
  const stop = async (): Promise<void> => {
    if (child.connected) child.send('stop');
    await ended;
    await discard();
  };
  return { ...first, stop };
}
