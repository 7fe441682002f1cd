import { readFileSync } from 'node:fs';
import { createServer, type ServerOptions } from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CertificateFiles } from '@absah/local-infra';

export interface SecureServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Something at the other end of an HTTPS connection, as old-fashioned as a test wants it. */
export async function startSecureServer(
  { certFile, keyFile }: CertificateFiles,
  answer: RequestListener,
  options: Pick<ServerOptions, 'maxVersion'> = {},
): Promise<SecureServer> {
  const certificate = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
  const server = createServer({ ...certificate, ...options }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
