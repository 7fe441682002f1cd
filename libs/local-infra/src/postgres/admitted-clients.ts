import { chown, copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CertificateFiles } from '../certificates/local-authority.js';
import type { Account } from '../process/server-process.js';

const FROM_THIS_MACHINE = ['127.0.0.1/32', '::1/128'];

/**
 * Puts in place what the server reads before it admits anybody: who may connect and how, and its
 * certificate. The server takes a key only when it belongs to its own account and is closed to others.
 */
export async function admitClients(
  cluster: string,
  account: Account | undefined,
  tls: CertificateFiles | undefined,
): Promise<void> {
  // `hostssl` alone: a client that does not begin with TLS finds no rule, and is refused.
  const kind = tls ? 'hostssl' : 'host';
  const rules = FROM_THIS_MACHINE.map((address) => `${kind} all all ${address} scram-sha-256\n`);
  const rulesFile = join(cluster, 'pg_hba.conf');
  await writeFile(rulesFile, rules.join(''), { mode: 0o600 });
  await handOver(rulesFile, account);
  if (!tls) return;
  await place(tls.certFile, join(cluster, 'server.crt'), account);
  await place(tls.keyFile, join(cluster, 'server.key'), account);
}

/** The source is closed to others from the start, and so is its copy. */
async function place(source: string, target: string, account: Account | undefined): Promise<void> {
  await rm(target, { force: true });
  await copyFile(source, target);
  await handOver(target, account);
}

async function handOver(file: string, account: Account | undefined): Promise<void> {
  if (account) await chown(file, account.uid, account.gid);
}
