export { type LogFields } from './log-fields.js';
export { Logger, type LogDestination } from './logger.js';
export { nestLogger } from './nest-logger.js';
export { currentTraceparent, installTracePropagation, withTraceparent } from './trace-context.js';
