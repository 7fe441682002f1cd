import { createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadOrCreateSecretFile } from '../secret-file.js';
import {
  issueAuthority,
  issueCertificate,
  type Authority,
  type CertificateUse,
  type Validity,
} from './issue.js';

/** Paths of PEM files. */
export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
  /** Of whoever issued it. */
  readonly caFile: string;
}

const THIS_MACHINE = ['localhost', '127.0.0.1', '::1'];
const DAY_MS = 86_400_000;
const VALID_DAYS = 365;
/** A platform that runs for a month without a restart must not outlive its certificates. */
const RENEW_BEFORE_DAYS = 60;
/** The clock of another machine may be behind. */
const BACKDATED_MS = 3_600_000;

/**
 * The certificate authority of one machine: it vouches for servers on loopback addresses and for clients. Keys are made once; certificates are made anew when their end is near.
 */
export class LocalAuthority {
  private constructor(
    private readonly folder: string,
    private readonly authority: Authority,
    private readonly clock: () => Date,
  ) {}

  static async open(folder: string, clock: () => Date = () => new Date()): Promise<LocalAuthority> {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o700);
    const privateKey = await loadOrCreateSecretFile(join(folder, 'ca.key'), newPrivateKey);
    const file = join(folder, 'ca.crt');
    const existing = await readCertificate(file);
    const usable =
      existing?.checkPrivateKey(createPrivateKey(privateKey)) === true && isFresh(existing, clock());
    if (usable) return new LocalAuthority(folder, { privateKey, certificate: existing.toString() }, clock);
    const certificate = await issueAuthority('Absah on this machine', privateKey, validityFrom(clock()));
    await replaceFile(file, certificate);
    return new LocalAuthority(folder, { privateKey, certificate }, clock);
  }

  get caFile(): string {
    return join(this.folder, 'ca.crt');
  }

  /** For a server on this machine: the one there is, or a new one. */
  serverCertificate(commonName: string, hosts: readonly string[] = THIS_MACHINE): Promise<CertificateFiles> {
    return this.certificate(commonName, commonName, { kind: 'server', hosts });
  }

  clientCertificate(commonName: string): Promise<CertificateFiles> {
    return this.certificate(`${commonName}-client`, commonName, { kind: 'client' });
  }

  private async certificate(
    fileName: string,
    commonName: string,
    use: CertificateUse,
  ): Promise<CertificateFiles> {
    const [keyFile, certFile] = [join(this.folder, `${fileName}.key`), join(this.folder, `${fileName}.crt`)];
    const privateKey = await loadOrCreateSecretFile(keyFile, newPrivateKey);
    if (!this.isUsable(await readCertificate(certFile), privateKey)) {
      const holder = { commonName, privateKey, use };
      await replaceFile(certFile, await issueCertificate(this.authority, holder, validityFrom(this.clock())));
    }
    return { certFile, keyFile, caFile: this.caFile };
  }

  private isUsable(certificate: X509Certificate | undefined, privateKey: string): boolean {
    const issuer = new X509Certificate(this.authority.certificate);
    return (
      certificate !== undefined &&
      isFresh(certificate, this.clock()) &&
      certificate.checkPrivateKey(createPrivateKey(privateKey)) &&
      certificate.verify(issuer.publicKey)
    );
  }
}

function newPrivateKey(): string {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).privateKey;
}

function validityFrom(now: Date): Validity {
  return {
    notBefore: new Date(now.getTime() - BACKDATED_MS),
    notAfter: new Date(now.getTime() + VALID_DAYS * DAY_MS),
  };
}

function isFresh(certificate: X509Certificate, now: Date): boolean {
  const left = certificate.validToDate.getTime() - now.getTime();
  return left > RENEW_BEFORE_DAYS * DAY_MS && certificate.validFromDate <= now;
}

async function readCertificate(file: string): Promise<X509Certificate | undefined> {
  try {
    return new X509Certificate(await readFile(file));
  } catch {
    // Missing or damaged: nothing is lost, it is made anew.
    return undefined;
  }
}

/** A reader finds the old one or the new one, never half of it. */
async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${text}\n`, { mode: 0o600 });
  await rename(draft, file);
}
