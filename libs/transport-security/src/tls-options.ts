import { readFileSync } from 'node:fs';

/** A3: nothing older is spoken, whatever the other side would accept. */
const LOWEST_TLS_VERSION = 'TLSv1.3';

export interface ClientTlsFiles {
  /** Whom the server's certificate has to come from; the public authorities that Node knows when left out. */
  readonly caFile?: string | undefined;
  /** What we show of ourselves, where the server asks. */
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

export interface ClientTls {
  readonly minVersion: typeof LOWEST_TLS_VERSION;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface ServerTlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
  /** Clients are asked for a certificate, and one that comes from here counts. Whoever answers them looks at it. */
  readonly clientCaFile?: string | undefined;
}

export interface ServerTls {
  readonly minVersion: typeof LOWEST_TLS_VERSION;
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
  readonly requestCert?: true;
  readonly rejectUnauthorized?: false;
}

/** For whatever connects with Node's TLS. Host names are checked, as Node does by itself. */
export function clientTls({ caFile, certFile, keyFile }: ClientTlsFiles): ClientTls {
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new Error('a client certificate and its key are given together or not at all');
  }
  return {
    minVersion: LOWEST_TLS_VERSION,
    ...(caFile !== undefined && { ca: pem(caFile) }),
    ...(certFile !== undefined && { cert: pem(certFile) }),
    ...(keyFile !== undefined && { key: pem(keyFile) }),
  };
}

/** For whatever listens with Node's TLS. */
export function serverTls({ certFile, keyFile, clientCaFile }: ServerTlsFiles): ServerTls {
  return {
    minVersion: LOWEST_TLS_VERSION,
    cert: pem(certFile),
    key: pem(keyFile),
    ...(clientCaFile !== undefined && {
      ca: pem(clientCaFile),
      requestCert: true,
      rejectUnauthorized: false,
    }),
  };
}

/** Read once, at the start: a file that is missing is a reason not to begin. */
function pem(file: string): string {
  return readFileSync(file, 'utf8');
}
