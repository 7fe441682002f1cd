import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OPERATOR, SERVICE_NAMES } from '@absah/contracts';
import { resolveNatsServer } from '@absah/local-infra';
import { createTestAuthority, type TestAuthority } from '@absah/testing';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { natsServerConfig } from './nats-server-config.js';

const USERS = [...SERVICE_NAMES, OPERATOR];

let folder: string;
let certificates: TestAuthority;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'absah-nats-config-'));
  certificates = await createTestAuthority();
  const { certFile, keyFile, caFile } = await certificates.authority.serverCertificate('nats-0');
  await mkdir(join(folder, 'tls'));
  await copyFile(certFile, join(folder, 'tls', 'tls.crt'));
  await copyFile(keyFile, join(folder, 'tls', 'tls.key'));
  await copyFile(caFile, join(folder, 'tls', 'ca.crt'));
});

afterEach(async () => {
  await certificates.remove();
  await rm(folder, { recursive: true, force: true });
});

/** What the server says to the configuration when it is asked to read it and no more. */
async function verdict(config: string, passwords: readonly string[]): Promise<string> {
  await writeFile(join(folder, 'nats-server.conf'), config);
  const lines = passwords.map((service) => `password-of-${service}: "a-password-of-${service}"\n`);
  await writeFile(join(folder, 'passwords.conf'), lines.join(''));
  const server = await resolveNatsServer();
  const run = promisify(execFile)(server, ['-t', '-c', 'nats-server.conf'], {
    cwd: folder,
    env: { NATS_SERVER_NAME: 'nats-0' },
  });
  const { stderr } = await run.catch((error: unknown) => error as { stderr: string });
  return stderr;
}

/** The release that a laptop gets from Debian does not know the word yet. */
const forOlderServers = (config: string) => config.replaceAll(/^ *min_version: .*\n/gm, '');

describe('A3 the production configuration of the broker', () => {
  it('asks for TLS 1.3, of clients and of other nodes', () => {
    expect(natsServerConfig().match(/min_version: "1\.3"/g)).toHaveLength(2);
  });

  it('is one that a server takes', async () => {
    expect(await verdict(forOlderServers(natsServerConfig()), USERS)).toContain(
      'configuration file nats-server.conf is valid',
    );
  });

  it('is refused as long as a service has no password', async () => {
    const said = await verdict(forOlderServers(natsServerConfig()), USERS.slice(1));
    expect(said).toContain(`variable reference for 'password-of-${USERS[0]}'`);
  });

  it('holds no password itself', () => {
    const given = [...natsServerConfig().matchAll(/password: (.*)/g)].map(([, value]) => value);
    expect(given).toEqual(USERS.map((user) => `$password-of-${user}`));
  });
});
