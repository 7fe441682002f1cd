import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { OPERATOR, SERVICE_NAMES } from '@absah/contracts';
import { loadOrCreateSecrets, type Secrets } from '@absah/local-infra';
import type { AnyServiceName } from '@absah/service-kit';

const KEY_NAMES = ['capture-key', 'pseudonym-key', 'replay-key', 'sandbox-key'] as const;
const TOKEN_NAMES = [
  'operator-api-key',
  'ikd-password',
  'balikan-token',
  'sandbox-admin-token',
  'auditor-key',
] as const;

/** The services that privacy answers, each with a key that the two share. */
const KEY_ASKERS = ['capture-intake', 'template-extraction', 'ikd-gateway', 'data-balikan'] as const;

export const SERVICES: readonly AnyServiceName[] = ['dukcapil-sandbox', ...SERVICE_NAMES];

export type LaptopSecrets = Secrets<
  | (typeof KEY_NAMES)[number]
  | (typeof TOKEN_NAMES)[number]
  | `transport-${(typeof KEY_ASKERS)[number]}`
  | `database-${AnyServiceName}`
  | `broker-${AnyServiceName | typeof OPERATOR}`
>;

/** Made at the first start, kept in files that only their owner can read, printed nowhere. */
export function loadLaptopSecrets(dataDir: string): Promise<LaptopSecrets> {
  return loadOrCreateSecrets(join(dataDir, 'secrets'), [
    ...KEY_NAMES,
    ...TOKEN_NAMES,
    ...KEY_ASKERS.map((service) => `transport-${service}` as const),
    ...SERVICES.map((service) => `database-${service}` as const),
    ...[...SERVICES, OPERATOR].map((user) => `broker-${user}` as const),
  ]);
}

/** The service configurations take keys as plain base64. */
export function keyText(secret: string): string {
  return Buffer.from(secret, 'base64url').toString('base64');
}

export function digestOf(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex');
}
