export { assertNever } from './assert-never.js';
export type { Brand } from './brand.js';
export { systemClock, type Clock } from './clock.js';
export { parseMsisdn, type Msisdn } from './msisdn.js';
export { parseNik, type Nik } from './nik.js';
export { ServiceError, type ErrorKind, type ServiceErrorOptions } from './service-error.js';
export { uuidV7 } from './uuid-v7.js';
