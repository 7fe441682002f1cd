import { ServiceError } from '@absah/domain-kit';
import { Logger } from '@absah/telemetry';
import type { ServiceDefinition } from './service-definition.js';
import { startService } from './start-service.js';

/** For what a provider opened before another one failed, which nothing can reach to close. */
const EXIT_GRACE_MS = 5_000;

/** The whole of a service's `main.ts`: runs it as this process until SIGTERM or SIGINT. */
export async function runService<C>(definition: ServiceDefinition<C>): Promise<void> {
  const logger = new Logger({ service: definition.name, level: 'info' });
  endWhenBroken(logger);
  const stopAsked = stopSignal();
  try {
    const service = await startService(definition, process.env);
    // A launcher that started this process learns the address it took.
    if (process.connected) process.send?.({ ready: service.url });
    await stopAsked;
    await service.close();
  } catch (error) {
    logger.error('service could not run', { error });
    if (error instanceof ServiceError && error.nextStep) logger.error(error.nextStep);
    process.exitCode = 1;
    setTimeout(() => process.exit(), EXIT_GRACE_MS).unref();
  }
  if (process.connected) process.disconnect();
}

/** Left to Node, the error would be printed as it is, with whatever personal data it quotes. */
function endWhenBroken(logger: Logger): void {
  const end = (error: unknown): never => {
    logger.error('service broke', { error });
    process.exit(1);
  };
  process.on('uncaughtException', end).on('unhandledRejection', end);
}

/** Heard from the beginning: a launcher may be gone before the start is over. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    // The launcher is gone: nobody would ever ask this process to stop.
    process.once('disconnect', () => resolve());
  });
}
