import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';

/** What a request needs at most to follow its connection; one that sent none by then is kept for later. */
const PATIENCE_MS = 500;

/**
 * Connections that were opened and never sent a request. To Node they are busy, with headers that may
 * still come, and would hold up the stop for as long as it waits for those.
 */
export class SilentConnections {
  readonly #openedAt = new Map<Socket, number>();

  constructor(server: Server) {
    server.on(server instanceof TlsServer ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.#openedAt.set(socket, performance.now());
      socket.once('close', () => this.#openedAt.delete(socket));
    });
    server.on('request', ({ socket }) => this.#openedAt.delete(socket));
  }

  close(): void {
    const now = performance.now();
    for (const [socket, openedAt] of this.#openedAt) if (now - openedAt > PATIENCE_MS) socket.destroy();
  }
}
