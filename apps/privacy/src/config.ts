import { secretKey } from '@absah/service-kit';
import { isLoopback } from '@absah/transport-security';
import { z } from 'zod';

/** The token goes there, and so do keys of persons. */
const vaultUrl = z.url({ protocol: /^https?$/ }).refine((text) => {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || isLoopback(url.hostname));
}, 'expected https, or a loopback address');

const pathSegment = z.string().regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/);

/** What each provider cannot do without. */
const NEEDS = { file: ['KEK_FILE'], 'vault-transit': ['VAULT_URL', 'VAULT_TOKEN_FILE'] } as const;

export const privacyConfig = z
  .object({
    /** Where the key-encryption keys come from: `file` or `vault-transit`. */
    KEK_PROVIDER: z.enum(['file', 'vault-transit']).default('file'),
    /** With `file`: JSON of key-encryption keys, see the README; nobody but the service may read it. */
    KEK_FILE: z.string().min(1).optional(),
    /** The provider is asked this often whether there are other keys; one that is not known yet makes it ask at once. */
    KEK_RELOAD_SECONDS: z.coerce.number().min(0.1).max(3600).default(5),
    /** With `vault-transit`: base address of Vault, https or a loopback address. */
    VAULT_URL: vaultUrl.optional(),
    /** File of the token; read again when Vault refuses it, so that whoever renews it replaces the file. */
    VAULT_TOKEN_FILE: z.string().min(1).optional(),
    /** PEM file of whoever issued Vault's certificate; the public authorities when unset. */
    VAULT_CA_FILE: z.string().min(1).optional(),
    VAULT_NAMESPACE: z.string().min(1).optional(),
    VAULT_TRANSIT_MOUNT: pathSegment.default('transit'),
    VAULT_TRANSIT_KEY: pathSegment.default('absah-persons'),
    /** Of one call, with all of its tries; who asks for a key waits for two seconds. */
    VAULT_TIMEOUT_MS: z.coerce.number().int().min(50).max(60_000).default(1_500),
    /** Seals the answers to capture-intake, which holds it as TRANSPORT_KEY; likewise the next three. */
    CAPTURE_INTAKE_TRANSPORT_KEY: secretKey(),
    TEMPLATE_EXTRACTION_TRANSPORT_KEY: secretKey(),
    IKD_GATEWAY_TRANSPORT_KEY: secretKey(),
    DATA_BALIKAN_TRANSPORT_KEY: secretKey(),
    /** Persons whose key is kept in memory: the steps of one verification ask one after the other. */
    KEY_CACHE_ENTRIES: z.coerce.number().int().min(1).max(1_000_000).default(20_000),
    KEY_CACHE_SECONDS: z.coerce.number().int().min(1).max(3600).default(60),
  })
  .superRefine((config, context) => {
    for (const name of NEEDS[config.KEK_PROVIDER]) {
      if (config[name] === undefined) {
        context.addIssue({ code: 'custom', path: [name], message: `needed by ${config.KEK_PROVIDER}` });
      }
    }
  });

export type PrivacyConfig = z.infer<typeof privacyConfig>;
