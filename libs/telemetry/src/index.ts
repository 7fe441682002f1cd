export { type LogFields } from './log-fields.js';
export { Logger, type LogDestination, type LoggerOptions, type LogLevel } from './logger.js';
export { nestLogger, type FrameworkLogger } from './nest-logger.js';
export {
  currentTraceparent,
  installTracePropagation,
  newTraceparent,
  withTraceparent,
} from './trace-context.js';
