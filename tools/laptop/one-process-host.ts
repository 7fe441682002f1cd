import { join } from 'node:path';
import { pino } from 'pino';
import type { HostedService, ServiceHost } from './host.js';
import { STARTERS } from './service-list.js';

/** A verification writes about ten lines; together they cost one system call, and wait at most this long. */
const LOG_BUFFER_BYTES = 8_192;
const LOG_FLUSH_MS = 500;

/** All services in this process: starts fastest and fits a small machine. They still talk over NATS alone. */
export function oneProcessHost(logFolder: string): ServiceHost {
  const log = pino.destination({
    dest: join(logFolder, 'services.log'),
    append: false,
    mkdir: true,
    mode: 0o600,
    minLength: LOG_BUFFER_BYTES,
    periodicFlush: LOG_FLUSH_MS,
    sync: true,
  });
  return {
    start: async (name, env): Promise<HostedService> => {
      const service = await STARTERS[name](env, { logDestination: log });
      const stop = async (): Promise<void> => {
        await service.close();
        log.flushSync();
      };
      return { name, url: service.url, pid: process.pid, stop };
    },
  };
}
