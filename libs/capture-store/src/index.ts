export { type CaptureLimits } from './capture-limits.js';
export { CaptureStoreModule } from './capture-store.module.js';
export { CaptureStore } from './capture-store.js';
