import { institutionCode, registryUrl } from '@absah/registry-protocol';
import { secretKey, secretText } from '@absah/service-kit';
import { z } from 'zod';

const milliseconds = z.coerce.number().int().min(1);

export const dataBalikanConfig = z.object({
  /** Shared with privacy alone: its answers are sealed under it. */
  TRANSPORT_KEY: secretKey(),
  /** Persons whose keys are kept in memory. */
  KEY_CACHE_ENTRIES: z.coerce.number().int().min(1).max(1_000_000).default(10_000),
  /** How long they are kept; a key that privacy destroys works here that much longer. */
  KEY_CACHE_SECONDS: z.coerce.number().int().min(1).max(3600).default(300),
  /** Base address of the registry's data balikan application: https, or a loopback address. */
  BALIKAN_URL: registryUrl,
  /** PEM file of whoever issued the registry's certificate; the authorities that Node knows when unset. */
  BALIKAN_CA_FILE: z.string().min(1).optional(),
  /** PEM file with the certificate that we show the registry (G3), and the one with its key. */
  BALIKAN_CLIENT_CERT_FILE: z.string().min(1).optional(),
  BALIKAN_CLIENT_KEY_FILE: z.string().min(1).optional(),
  BALIKAN_TOKEN: secretText(),
  INSTITUTION_CODE: institutionCode,
  INSTITUTION_NAME: z.string().min(1).max(256),
  /** Rows of one call. */
  BATCH_ROWS: z.coerce.number().int().min(1).max(1_000).default(200),
  /** Due rows are looked for at least this often, whoever made them due. */
  SWEEP_INTERVAL_MS: milliseconds.default(1_000),
  REGISTRY_TIMEOUT_MS: milliseconds.default(10_000),
  /** How long a batch belongs to one replica; several calls when it has to be split. */
  LEASE_MS: milliseconds.default(60_000),
  RETRY_FIRST_DELAY_MS: milliseconds.default(1_000),
  RETRY_LONGEST_DELAY_MS: milliseconds.default(300_000),
});

export type DataBalikanConfig = z.infer<typeof dataBalikanConfig>;
