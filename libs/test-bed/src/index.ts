export { EventBus, type HeardEvent, type SentEvent } from './event-bus.js';
export { HeldCaptures } from './held-captures.js';
export { KeyDesk } from './key-desk.js';
export { ServiceUnderTest, type ReplicaOptions } from './service-under-test.js';
