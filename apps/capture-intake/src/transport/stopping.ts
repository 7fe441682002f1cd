import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DecisionWaiters } from '../application/decision-waiters.js';

/** The server waits for open requests before it stops, so those that only wait for a decision are answered first. */
export function answerEverybodyOnClose(app: NestFastifyApplication, waiters: DecisionWaiters): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preClose', async () => waiters.close());
}
