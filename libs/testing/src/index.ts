export { datasetsDir } from './datasets-dir.js';
export { modelsDir, samplesDir } from './model-files.js';
export { RestartableBroker } from './restartable-broker.js';
export { sampleEvent, sampleSubjectRef } from './sample-event.js';
export { publishInfrastructure, type SharedInfrastructure } from './shared-infrastructure.js';
export { createTestAuthority, type TestAuthority } from './test-authority.js';
export { createTestDatabase, sharedPostgres, type TestDatabase } from './test-database.js';
export { startTestNats } from './test-nats.js';
export { waitFor, type WaitOptions } from './wait-for.js';
