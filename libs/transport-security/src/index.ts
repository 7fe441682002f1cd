export { isLoopback } from './loopback.js';
export {
  clientTls,
  LOWEST_TLS_VERSION,
  serverTls,
  type ClientTls,
  type ClientTlsFiles,
  type ServerTls,
  type ServerTlsFiles,
} from './tls-options.js';
