import { ServiceError } from '@absah/domain-kit';
import { Logger } from '@absah/telemetry';
import type { ServiceDefinition } from './service-definition.js';
import { startService } from './start-service.js';

/** The whole of a service's `main.ts`: runs it as this process until SIGTERM or SIGINT. */
export async function runService<C>(definition: ServiceDefinition<C>): Promise<void> {
  const logger = new Logger({ service: definition.name, level: 'info' });
  try {
    const service = await startService(definition, process.env);
    // A launcher that started this process learns the address it took.
    process.send?.({ ready: service.url });
    await stopSignal();
    await service.close();
    process.disconnect?.();
  } catch (error) {
    logger.error('service could not run', { error });
    if (error instanceof ServiceError && error.nextStep) logger.error(error.nextStep);
    process.exitCode = 1;
    process.disconnect?.();
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    // The launcher is gone: nobody would ever ask this process to stop.
    process.once('disconnect', () => resolve());
  });
}
