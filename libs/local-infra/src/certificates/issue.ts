// What makes certificates looks its parts up by metadata of their types.
import 'reflect-metadata';
import { createPrivateKey, createPublicKey, randomBytes, type webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** Key and certificate in PEM, as everywhere here. */
export interface Authority {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface Holder {
  readonly commonName: string;
  readonly privateKey: string;
  readonly use: CertificateUse;
}

/** A server is known by its host names or addresses, a client by its common name. */
export type CertificateUse =
  { readonly kind: 'server'; readonly hosts: readonly string[] } | { readonly kind: 'client' };

const SIGNING = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Signs itself. It may sign servers and clients, but no further authority. */
export async function issueAuthority(
  commonName: string,
  privateKey: string,
  validity: Validity,
): Promise<string> {
  const keys = { privateKey: signingKey(privateKey), publicKey: publicKeyOf(privateKey) };
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: [{ CN: [commonName] }],
    serialNumber: serialNumber(),
    signingAlgorithm: SIGNING,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return certificate.toString('pem');
}

export async function issueCertificate(
  authority: Authority,
  holder: Holder,
  validity: Validity,
): Promise<string> {
  const issuer = new X509Certificate(authority.certificate);
  const publicKey = publicKeyOf(holder.privateKey);
  const certificate = await X509CertificateGenerator.create({
    ...validity,
    subject: [{ CN: [holder.commonName] }],
    issuer: issuer.subject,
    serialNumber: serialNumber(),
    signingAlgorithm: SIGNING,
    signingKey: signingKey(authority.privateKey),
    publicKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      await SubjectKeyIdentifierExtension.create(publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer),
      ...useExtensions(holder.use),
    ],
  });
  return certificate.toString('pem');
}

/** With the certificate of a client nobody can pose as a server. */
function useExtensions(use: CertificateUse): Extension[] {
  if (use.kind === 'client') return [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])];
  const names = use.hosts.map((value) => ({
    type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const),
    value,
  }));
  return [
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(names),
  ];
}

function signingKey(pem: string): webcrypto.CryptoKey {
  return createPrivateKey(pem).toCryptoKey(SIGNING, false, ['sign']);
}

function publicKeyOf(pem: string): webcrypto.CryptoKey {
  return createPublicKey(pem).toCryptoKey(SIGNING, true, ['verify']);
}

const SERIAL_BYTES = 16;

/** Positive: the first bit of a serial number is its sign. */
function serialNumber(): string {
  const bytes = randomBytes(SERIAL_BYTES);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString('hex');
}
