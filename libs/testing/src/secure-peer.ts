import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SecureVersion, TLSSocket } from 'node:tls';
import { createTestAuthority, type TestAuthority } from './test-authority.js';

/** Whom a client of ours calls over HTTPS, as old-fashioned as a test wants it. */
export class SecurePeer {
  /** The TLS version of each request that came. */
  readonly spoken: (string | null)[] = [];
  #server: Server | undefined;

  private constructor(
    /** Vouches for the peer. */
    readonly own: TestAuthority,
    /** Vouches for somebody else. */
    readonly foreign: TestAuthority,
  ) {}

  static async open(): Promise<SecurePeer> {
    return new SecurePeer(await createTestAuthority(), await createTestAuthority());
  }

  /** Returns its address. One that runs already is stopped. */
  async start(answer: RequestListener, maxVersion: SecureVersion = 'TLSv1.3'): Promise<string> {
    await this.stop();
    const { certFile, keyFile } = await this.own.authority.serverCertificate('peer');
    const certificate = { cert: readFileSync(certFile), key: readFileSync(keyFile) };
    const server = createServer({ ...certificate, maxVersion }, (request, response) => {
      this.spoken.push((request.socket as TLSSocket).getProtocol());
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Forgets what was spoken, too. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.spoken.length = 0;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  async close(): Promise<void> {
    await this.stop();
    await Promise.all([this.own.remove(), this.foreign.remove()]);
  }
}

type Distrust = readonly [
  because: string,
  maxVersion: SecureVersion,
  caFileOf: (peer: SecurePeer) => string | undefined,
];

/** Peers that no client of ours talks to (A3), with the authority that the client was told to trust. */
export const UNTRUSTED_PEERS: readonly Distrust[] = [
  ['speaks TLS 1.2', 'TLSv1.2', ({ own }) => own.caFile],
  ['has a certificate from somebody else', 'TLSv1.3', ({ foreign }) => foreign.caFile],
  ['has a certificate that no public authority issued', 'TLSv1.3', () => undefined],
];
