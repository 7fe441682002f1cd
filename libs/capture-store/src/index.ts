export { type CaptureLimits, DEFAULT_CAPTURE_LIMITS } from './capture-limits.js';
export { CaptureStoreModule, type CaptureStoreOptions } from './capture-store.module.js';
export { CaptureStore } from './capture-store.js';
