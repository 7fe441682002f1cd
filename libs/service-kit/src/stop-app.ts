import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SilentConnections } from './silent-connections.js';
import type { Stopping } from './stopping.js';

const IDLE_SWEEP_INTERVAL_MS = 100;

export type StopApp = (delayMs: number) => Promise<void>;

/**
 * Prepares an orderly stop. First the service only says that it will stop, and answers on: whoever spreads
 * requests over replicas needs a moment to notice. Then it takes no connection more, finishes what is
 * under way, hands back its messages and closes.
 */
export function preparedStop(app: NestFastifyApplication, stopping: Stopping): StopApp {
  const server = app.getHttpServer();
  const silent = new SilentConnections(server);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (_, reply, payload) => {
      // Its next request would come here, where nobody may take it any more.
      if (stopping.isUnderWay) void reply.header('connection', 'close');
      return payload;
    });
  return async (delayMs) => {
    stopping.begin();
    if (delayMs > 0) await sleep(delayMs);
    // A caller that keeps its connection alive would hold the stop up for as long as it likes.
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      silent.close();
    }, IDLE_SWEEP_INTERVAL_MS);
    await app.close().finally(() => clearInterval(sweep));
  };
}
