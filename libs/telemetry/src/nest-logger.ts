import type { LogFields } from './log-fields.js';
import type { Logger } from './logger.js';

/** The shape of Nest's LoggerService, so that this library needs no framework. */
export interface FrameworkLogger {
  log(message: unknown, ...rest: unknown[]): void;
  warn(message: unknown, ...rest: unknown[]): void;
  error(message: unknown, ...rest: unknown[]): void;
  fatal(message: unknown, ...rest: unknown[]): void;
  debug(message: unknown, ...rest: unknown[]): void;
  verbose(message: unknown, ...rest: unknown[]): void;
}

/** Warnings and errors of the framework; its forty lines of start-up chatter are no outcome of ours. */
export function nestLogger(logger: Logger): FrameworkLogger {
  const error = (message: unknown, ...rest: unknown[]) => logger.error(...told(message, rest));
  return {
    log: () => {},
    debug: () => {},
    verbose: () => {},
    warn: (message, ...rest) => logger.warn(...told(message, rest)),
    error,
    fatal: error,
  };
}

/** Nest passes the name of the class that speaks last, after an optional stack. */
function told(message: unknown, rest: readonly unknown[]): [string, LogFields] {
  const last = rest.at(-1);
  const component = typeof last === 'string' && !last.includes('\n') ? last : undefined;
  const error = [message, ...rest].find((part) => part instanceof Error);
  const text = typeof message === 'string' ? message : 'framework reported a problem';
  return [text, { component, ...(error && { error }) }];
}
