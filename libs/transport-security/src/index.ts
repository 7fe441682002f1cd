export { isLoopback } from './loopback.js';
export { clientTls, type ClientTls, type ClientTlsFiles } from './tls-options.js';
