export { isLoopback } from './loopback.js';
export {
  clientTls,
  serverTls,
  type ClientTls,
  type ClientTlsFiles,
  type ServerTls,
  type ServerTlsFiles,
} from './tls-options.js';
