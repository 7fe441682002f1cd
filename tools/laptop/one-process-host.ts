import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostedService, ServiceHost } from './host.js';
import { STARTERS } from './service-list.js';

/** All services in this process: starts fastest and fits a small machine. They still talk over NATS alone. */
export async function oneProcessHost(logFolder: string): Promise<ServiceHost> {
  await mkdir(logFolder, { recursive: true });
  const log = createWriteStream(join(logFolder, 'services.log'), { flags: 'w', mode: 0o600 });
  return {
    start: async (name, env): Promise<HostedService> => {
      const service = await STARTERS[name](env, { logDestination: log });
      return { name, url: service.url, pid: process.pid, stop: () => service.close() };
    },
  };
}
