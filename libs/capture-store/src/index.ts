export { type CaptureLimits } from './capture-limits.js';
export { CaptureStoreModule } from './capture-store.module.js';
export { CaptureStore } from './capture-store.js';
export { packParts, unpackParts } from './packed-parts.js';
export { capturePurger, type CapturePurgerOptions } from './purge/capture-purger.provider.js';
export { CapturePurger } from './purge/capture-purger.js';
export { PurgeRecord, type PurgedCapture } from './purge/purge-record.js';
