import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalAuthority } from './local-authority.js';

const DAY_MS = 86_400_000;

let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'absah-authority-spec-'));
  folder = join(parent, 'tls');
});

afterEach(() => rm(parent, { recursive: true, force: true }));

const inDays = (days: number) => () => new Date(Date.now() + days * DAY_MS);
const read = async (file: string) => new X509Certificate(await readFile(file));

describe('A3 LocalAuthority', () => {
  it('vouches for the addresses of this machine and for no others', async () => {
    const authority = await LocalAuthority.open(folder);
    const { certFile, caFile } = await authority.serverCertificate('liveness');
    const [certificate, issuer] = [await read(certFile), await read(caFile)];
    expect(certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)).toBe(true);
    expect(certificate.subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    );
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkHost('registry.example')).toBeUndefined();
    expect([certificate.ca, issuer.ca]).toEqual([false, true]);
  });

  it('gives a client a certificate with which it cannot pose as a server', async () => {
    const authority = await LocalAuthority.open(folder);
    const { certFile } = await authority.clientCertificate('ikd-gateway');
    const certificate = await read(certFile);
    expect(certificate.subject).toBe('CN=ikd-gateway');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.subjectAltName).toBeUndefined();
  });

  it('gives each holder a key of its own, and keeps all of it for the owner alone', async () => {
    const authority = await LocalAuthority.open(folder);
    await authority.serverCertificate('liveness');
    await authority.serverCertificate('audit');
    const names = ['audit.crt', 'audit.key', 'ca.crt', 'ca.key', 'liveness.crt', 'liveness.key'];
    expect((await readdir(folder)).sort()).toEqual(names);
    const keys = ['audit.key', 'ca.key', 'liveness.key'].map((name) => readFile(join(folder, name), 'utf8'));
    expect(new Set(await Promise.all(keys)).size).toBe(3);
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('keeps what it made, also when a copy arrived with wider modes', async () => {
    const first = await (await LocalAuthority.open(folder)).serverCertificate('liveness');
    const before = await readFile(first.certFile);
    await chmod(first.keyFile, 0o644);
    await chmod(folder, 0o755);
    const later = await (await LocalAuthority.open(folder)).serverCertificate('liveness');
    expect(await readFile(later.certFile)).toEqual(before);
    expect((await stat(later.keyFile)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('is valid for a year, and renewed for the same keys in its last two months', async () => {
    const first = await LocalAuthority.open(folder);
    const { certFile, caFile } = await first.serverCertificate('liveness');
    const [old, oldIssuer] = [await read(certFile), await read(caFile)];
    expect(Math.round((old.validToDate.getTime() - Date.now()) / DAY_MS)).toBe(365);

    await (await LocalAuthority.open(folder, inDays(300))).serverCertificate('liveness');
    expect((await read(certFile)).fingerprint256).toBe(old.fingerprint256);

    await (await LocalAuthority.open(folder, inDays(310))).serverCertificate('liveness');
    const renewed = await read(certFile);
    expect(renewed.fingerprint256).not.toBe(old.fingerprint256);
    expect(renewed.publicKey.equals(old.publicKey)).toBe(true);
    // Who still trusts the former certificate of the authority trusts what the new one signs.
    expect(renewed.verify(oldIssuer.publicKey)).toBe(true);
    expect((await read(caFile)).fingerprint256).not.toBe(oldIssuer.fingerprint256);
  });

  it('makes anew what was damaged, or came from another authority', async () => {
    const mine = await (await LocalAuthority.open(folder)).serverCertificate('liveness');
    const other = await LocalAuthority.open(join(parent, 'other'));
    await writeFile(mine.certFile, await readFile((await other.serverCertificate('liveness')).certFile));
    await writeFile(mine.caFile, 'cut sho');
    const authority = await LocalAuthority.open(folder);
    await authority.serverCertificate('liveness');
    expect((await read(mine.certFile)).verify((await read(mine.caFile)).publicKey)).toBe(true);
  });
});
