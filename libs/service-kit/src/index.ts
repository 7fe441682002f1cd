export { openDatabase } from './database.js';
export { type Environment } from './environment.js';
export { natsConfigSchema } from './load-config.js';
export { problemType, toProblem } from './problem.js';
export { RepeatingTask } from './repeating-task.js';
export { runService } from './run-service.js';
export { type Secret, secretKey, secretText } from './secret.js';
export {
  defineService,
  type AnyServiceName,
  type MigrationClass,
  type ServiceDefinition,
} from './service-definition.js';
export { startService, type RunningService, type StartOptions } from './start-service.js';
export { CLOCK, SERVICE_CONFIG } from './tokens.js';
export { zodBody } from './zod-body.pipe.js';
