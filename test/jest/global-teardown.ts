import { rm } from 'node:fs/promises';
import { takeForTeardown } from './running-postgres.js';

export default async function globalTeardown(): Promise<void> {
  const cluster = takeForTeardown();
  await cluster?.postgres.stop();
  if (cluster) await rm(cluster.folder, { recursive: true, force: true });
}
