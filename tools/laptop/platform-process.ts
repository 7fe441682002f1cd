// The platform in a process of its own, for whoever measures or tests it from outside.
import { silent } from '@absah/local-infra';
import { startPlatform } from './platform.js';
import type { PlatformAnnouncement } from './spawn-platform.js';

const [dataDir, processes] = process.argv.slice(2);
if (!dataDir) throw new Error('a data folder is needed');
const stopAsked = new Promise<void>((resolve) => {
  process.once('message', () => resolve());
  process.once('disconnect', () => resolve());
});
// Ctrl-C reaches the whole group; whoever spawned this process asks for the stop.
process.on('SIGINT', () => undefined);

const platform = await startPlatform({
  dataDir,
  processes: processes === 'many' ? 'many' : 'one',
  apiPort: 0,
  progress: silent,
});
const { urls, secrets, pids, infrastructure } = platform;
const { modelsDir, natsUrl, databaseUrls, caFile } = infrastructure.addresses;
const announcement: PlatformAnnouncement = { urls, secrets, pids, modelsDir, natsUrl, databaseUrls, caFile };
process.send?.(announcement);
await stopAsked;
await platform.stop();
if (process.connected) process.disconnect();
