import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DecisionWaiters } from '../application/decision-waiters.js';

/**
 * Lets the service stop at once. The server waits for open requests, so the waiting ones are answered
 * first; and a connection that falls idle only after that would be kept for its next request, which
 * nobody may send any more.
 */
export function answerEverybodyOnClose(app: NestFastifyApplication, waiters: DecisionWaiters): void {
  let isStopping = false;
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preClose', async () => {
      isStopping = true;
      waiters.close();
    })
    .addHook('onSend', async (_, reply, payload) => {
      if (isStopping) void reply.header('connection', 'close');
      return payload;
    });
}
