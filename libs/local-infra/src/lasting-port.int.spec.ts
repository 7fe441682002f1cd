import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { lastingPort } from './lasting-port.js';

describe('lastingPort', () => {
  it('gives everyone another port, which a server can take, outside the ranges of outgoing connections', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => lastingPort()));
    expect(new Set(ports).size).toBe(20);
    expect(Math.max(...ports)).toBeLessThan(32_768);
    const server = createServer().listen(ports[0], '127.0.0.1');
    await once(server, 'listening');
    server.close();
  });
});
