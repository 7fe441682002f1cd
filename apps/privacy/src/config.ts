import { secretKey } from '@absah/service-kit';
import { z } from 'zod';

export const privacyConfig = z.object({
  /** Where the key-encryption keys come from: `file`. */
  KEK_PROVIDER: z.enum(['file']).default('file'),
  /** JSON of key-encryption keys, see the README; nobody but the service may read it. */
  KEK_FILE: z.string().min(1),
  /** The file is looked at this often; a key that it does not hold yet makes it look at once. */
  KEK_RELOAD_SECONDS: z.coerce.number().min(0.1).max(3600).default(5),
  /** Seals the answers to capture-intake, which holds it as TRANSPORT_KEY; likewise the next three. */
  CAPTURE_INTAKE_TRANSPORT_KEY: secretKey(),
  TEMPLATE_EXTRACTION_TRANSPORT_KEY: secretKey(),
  IKD_GATEWAY_TRANSPORT_KEY: secretKey(),
  DATA_BALIKAN_TRANSPORT_KEY: secretKey(),
  /** Persons whose key is kept in memory: the steps of one verification ask one after the other. */
  KEY_CACHE_ENTRIES: z.coerce.number().int().min(1).max(1_000_000).default(20_000),
  KEY_CACHE_SECONDS: z.coerce.number().int().min(1).max(3600).default(60),
});

export type PrivacyConfig = z.infer<typeof privacyConfig>;
