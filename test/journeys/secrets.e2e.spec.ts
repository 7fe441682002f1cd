import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, resolveNatsServer } from '@absah/local-infra';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeTemporaryData, removeTemporaryData } from '../../tools/laptop/temporary-data.js';
import { START_TIMEOUT_MS } from './bed/journey-bed.js';
import { Launcher } from './bed/launcher.js';

let home: string;
let dataDir: string;
let launcher: Launcher;
/** What the processes of the platform showed of themselves while they ran. */
let shownByProcesses: string;

beforeAll(async () => {
  home = await makeTemporaryData('journey');
  dataDir = join(home, 'data');
  await symlink(cacheFolder(), join(home, 'cache'));
  const env = { ABSAH_HOME: home, ABSAH_NATS_SERVER: await resolveNatsServer() };
  launcher = Launcher.start(['--processes=many'], env);
  await waitFor(() => launcher.output.includes('Press Ctrl-C') || launcher.hasEnded, {
    description: 'the platform to be up',
    timeoutMs: START_TIMEOUT_MS,
  });
  shownByProcesses = await everyCommandLine();
  launcher.interrupt();
  await launcher.ended;
}, START_TIMEOUT_MS * 2);

afterAll(async () => {
  await removeTemporaryData(dataDir);
  await removeTemporaryData(home);
});

/** Titles included: a process that renames itself does so in its command line. */
async function everyCommandLine(): Promise<string> {
  if (process.platform !== 'linux') return '';
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const files = pids.flatMap((pid) => [`/proc/${pid}/cmdline`, `/proc/${pid}/comm`]);
  return (await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')))).join('\n');
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Every spelling of every secret that the first start made; of a private key, a line that no other file has. */
async function secretTexts(): Promise<string[]> {
  const secrets = await filesBelow(join(dataDir, 'secrets'));
  const superuser = await filesBelow(join(dataDir, 'postgres', 'secrets'));
  const privateKeys = (await filesBelow(join(dataDir, 'tls'))).filter((file) => file.endsWith('.key'));
  const texts = await Promise.all([...secrets, ...superuser].map(secretsIn));
  const pems = await Promise.all(privateKeys.map((file) => readFile(file, 'utf8')));
  return [...texts.flat().flatMap(spellings), ...pems.map((pem) => pem.split('\n')[2] ?? '')];
}

/** A file is one secret, or a document with a secret under each name. */
async function secretsIn(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  if (!file.endsWith('.json')) return [text.trim()];
  return Object.values((JSON.parse(text) as { readonly keys: Readonly<Record<string, string>> }).keys);
}

/** Base64 as it is read from either alphabet: a log might show a key in another than its file does. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret, 'base64url');
  const unpadded = bytes.toString('base64').replace(/=+$/, '');
  return [secret, unpadded, bytes.toString('base64url'), bytes.toString('hex')];
}

async function shownInLogs(): Promise<string> {
  const logs = await filesBelow(join(dataDir, 'logs'));
  return (await Promise.all(logs.map((file) => readFile(file, 'utf8')))).join('\n');
}

describe('A3 the secrets of a platform that played its tour', () => {
  it('are many, and each is long enough to be found', async () => {
    const texts = await secretTexts();
    expect(texts.length).toBeGreaterThan(50);
    // A whole document would be found nowhere, whatever of it was shown.
    expect(texts.filter((text) => /\s|[{}]/.test(text))).toHaveLength(0);
    expect(Math.min(...texts.map((text) => text.length))).toBeGreaterThan(30);
  });

  it.each<[string, () => string | Promise<string>, string]>([
    ['what the launcher printed', () => launcher.output, 'Absah is up'],
    ['the logs', shownInLogs, 'service ready'],
    ['the command lines', () => shownByProcesses, process.platform === 'linux' ? 'nats-server' : ''],
  ])('are not in %s', async (_, shown, certainlyThere) => {
    const text = await shown();
    expect(text).toContain(certainlyThere);
    const found = (await secretTexts()).filter((secret) => text.includes(secret));
    expect(found).toHaveLength(0);
  });
});
