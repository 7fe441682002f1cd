import { ServiceError } from '@absah/domain-kit';
import { isLoopback } from '@absah/transport-security';
import { z } from 'zod';
import { isProtectedDatabase } from './database-address.js';
import type { Environment } from './environment.js';
import { resolveSecretFiles } from './secret-files.js';
import { secretText } from './secret.js';

const port = z.coerce.number().int().min(0).max(65_535);
const filePath = z.string().min(1);

/** What every service is told. Own keys come from the service's schema. */
export const commonConfigSchema = z
  .object({
    /** Anything but a loopback address needs a certificate. */
    HTTP_HOST: z.string().default('127.0.0.1'),
    /** 0 takes a free port. */
    HTTP_PORT: port.default(0),
    /** PEM file with the certificate for this service's host names; HTTP is served over TLS 1.3 then. */
    HTTP_TLS_CERT_FILE: filePath.optional(),
    /** PEM file with the certificate's private key. */
    HTTP_TLS_KEY_FILE: filePath.optional(),
    /** From the signal to stop until no connection is taken: whoever spreads the requests has to notice first. */
    SHUTDOWN_DELAY_MS: z.coerce.number().int().min(0).max(60_000).default(0),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine(({ HTTP_HOST, HTTP_TLS_CERT_FILE }) => HTTP_TLS_CERT_FILE ?? isLoopback(HTTP_HOST), {
    path: ['HTTP_TLS_CERT_FILE'],
  })
  .refine((config) => !config.HTTP_TLS_CERT_FILE === !config.HTTP_TLS_KEY_FILE, {
    path: ['HTTP_TLS_KEY_FILE'],
  });

export const databaseConfigSchema = z.object({
  /** With `?sslmode=verify-full&sslrootcert=FILE`, as psql takes it; without, on a loopback address only. Nothing else after `?`. */
  DATABASE_URL: secretText().refine((url) => isProtectedDatabase(url.reveal())),
  /** The migrations of a start need two: one holds the lock that replicas take turns on. */
  DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(10),
});

export const natsConfigSchema = z
  .object({
    NATS_URL: z.url({ protocol: /^(nats|tls)$/ }),
    NATS_USER: z.string().min(1),
    NATS_PASSWORD: secretText(),
    /** PEM file of whoever issued the broker's certificate; TLS is left out only on a loopback address. */
    NATS_CA_FILE: filePath.optional(),
  })
  .refine(({ NATS_URL, NATS_CA_FILE }) => NATS_CA_FILE ?? isLoopback(new URL(NATS_URL).hostname), {
    path: ['NATS_CA_FILE'],
  });

export const messagingConfigSchema = z.object({
  /** Off, whatever the broker loses stays lost: only for a trial that has to show it. */
  RECONCILER_ENABLED: z.stringbool().default(true),
  /** An event that a consumer has not confirmed so long after it was recorded is asked about, then after twice the wait. */
  RECONCILE_AFTER_MS: z.coerce.number().int().min(100).max(3_600_000).default(5_000),
  /** How long a row of the inbox is kept at least. */
  INBOX_RETENTION_HOURS: z.coerce.number().min(1).default(24),
});

type Sections = Readonly<Record<string, z.ZodType>>;
type Parsed<S extends Sections> = { readonly [Name in keyof S]: Readonly<z.infer<S[Name]>> };

/** Lists every bad key of all sections at once, and never a value: values may be secrets. */
export function loadConfig<S extends Sections>(service: string, sections: S, env: Environment): Parsed<S> {
  const secrets = resolveSecretFiles(Object.values(sections), env);
  const results = Object.entries(sections).map(([name, schema]) => ({
    name,
    parsed: schema.safeParse(secrets.env),
  }));
  const problems = [
    ...secrets.problems.map(({ key, problem }) => `${key}: ${problem}`),
    ...results
      .flatMap(({ parsed }) => parsed.error?.issues ?? [])
      .map((issue) => `${issue.path.join('.')}: ${issue.code}`),
  ];
  if (problems.length > 0) throw configInvalid(service, problems);
  return Object.fromEntries(
    results.map(({ name, parsed }) => [name, Object.freeze(parsed.data)]),
  ) as Parsed<S>;
}

function configInvalid(service: string, problems: readonly string[]): ServiceError {
  return new ServiceError(
    'invalid',
    'SERVICE.CONFIG_INVALID',
    `${service} is configured wrongly: ${problems.join('; ')}`,
    { nextStep: 'Set the named environment variables; the service README lists them.' },
  );
}
