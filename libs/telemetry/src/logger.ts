import { pino } from 'pino';
import { admitFields } from './admit-fields.js';
import type { LogFields } from './log-fields.js';
import { masked } from './mask.js';
import { currentTrace } from './trace-context.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LogDestination {
  write(line: string): void;
}

export interface LoggerOptions {
  readonly service: string;
  readonly level?: LogLevel;
  /** Standard output by default. */
  readonly destination?: LogDestination;
}

/**
 * One JSON line per outcome: a constant message, facts as fields. `error` wakes someone; `warn` will
 * if it continues; `info` records business outcomes; `debug` is off.
 */
export class Logger {
  readonly #options: LoggerOptions;
  readonly #sink: pino.Logger;

  constructor(options: LoggerOptions, sink: pino.Logger = createSink(options)) {
    this.#options = options;
    this.#sink = sink;
  }

  debug(message: string, fields: LogFields = {}): void {
    this.#write('debug', message, fields);
  }

  info(message: string, fields: LogFields = {}): void {
    this.#write('info', message, fields);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.#write('warn', message, fields);
  }

  error(message: string, fields: LogFields = {}): void {
    this.#write('error', message, fields);
  }

  /** A logger whose every line carries `fields` as well. */
  child(fields: LogFields): Logger {
    return new Logger(this.#options, this.#sink.child(admitFields(fields, { withStack: false })));
  }

  #write(level: Exclude<LogLevel, 'silent'>, message: string, fields: LogFields): void {
    if (!this.#sink.isLevelEnabled(level)) return;
    this.#sink[level](admitFields(fields, { withStack: level === 'error' }), masked(message));
  }
}

function createSink({ service, level = 'info', destination }: LoggerOptions): pino.Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { 'service.name': service },
    messageKey: 'message',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    mixin: () => currentTrace() ?? {},
  };
  return destination ? pino(options, destination) : pino(options);
}
