export { cacheFolder, dataFolder, homeFolder } from './config.js';
export {
  fetchModels,
  fetchSamplePhotos,
  modelsFolder,
  samplePhotosFolder,
} from './downloads/models-and-samples.js';
export { freePort } from './free-port.js';
export { resolveNatsServer } from './nats/nats-binary.js';
export type { NatsLimits, NatsUser } from './nats/nats-config.js';
export { startNats, type NatsOptions, type RunningNats } from './nats/nats-server.js';
export { createDatabase, dropDatabase } from './postgres/databases.js';
export { startPostgres, type PostgresOptions, type RunningPostgres } from './postgres/postgres-server.js';
export { withoutDurability, type PostgresSettings } from './postgres/postgres-settings.js';
export { silent, type Progress } from './progress.js';
export { loadOrCreateSecrets, type Secrets } from './secrets.js';
