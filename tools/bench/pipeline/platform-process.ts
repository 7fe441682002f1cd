// The platform in a process of its own, so that the load's CPU is not counted as the platform's.
import { silent } from '@absah/local-infra';
import { startPlatform } from '../../laptop/platform.js';
import type { PlatformAnnouncement } from './bench-platform.js';

const dataDir = process.argv[2];
if (!dataDir) throw new Error('a data folder is needed');
const stopAsked = new Promise<void>((resolve) => {
  process.once('message', () => resolve());
  process.once('disconnect', () => resolve());
});
// Ctrl-C reaches the whole group; the bench asks for the stop.
process.on('SIGINT', () => undefined);

const platform = await startPlatform({ dataDir, processes: 'one', apiPort: 0, progress: silent });
const { urls, secrets, pids, infrastructure } = platform;
const announcement: PlatformAnnouncement = {
  urls,
  secrets,
  pids,
  modelsDir: infrastructure.addresses.modelsDir,
};
process.send?.(announcement);
await stopAsked;
await platform.stop();
if (process.connected) process.disconnect();
