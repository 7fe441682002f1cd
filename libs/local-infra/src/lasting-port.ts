import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ranges from which Linux, macOS and Windows serve outgoing connections. In them a client that
 * keeps trying to reach a server that is down will one day be given the server's own port, connect to
 * itself, and keep the server from coming back.
 */
const FIRST = 20_000;
const BEYOND = 30_000;
const ATTEMPTS = 100;

const givenOut = new Set<number>();

/** A free port for a server that ends and comes back, while others keep asking for it. */
export async function lastingPort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(FIRST, BEYOND);
    if (givenOut.has(port) || !(await isFree(port))) continue;
    givenOut.add(port);
    return port;
  }
  throw new Error(`no free port between ${FIRST} and ${BEYOND}`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    const listening = once(server, 'listening');
    server.listen(port, '127.0.0.1');
    await listening;
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
