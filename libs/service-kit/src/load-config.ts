import { ServiceError } from '@absah/domain-kit';
import { z } from 'zod';
import { secretText } from './secret.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const port = z.coerce.number().int().min(0).max(65_535);

/** What every service is told. Own keys come from the service's schema. */
export const commonConfigSchema = z.object({
  HTTP_HOST: z.string().default('127.0.0.1'),
  /** 0 takes a free port. */
  HTTP_PORT: port.default(0),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export const databaseConfigSchema = z.object({
  DATABASE_URL: secretText(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(100).default(10),
});

export const natsConfigSchema = z.object({
  NATS_URL: z.string().min(1),
  NATS_USER: z.string().min(1),
  NATS_PASSWORD: secretText(),
});

/** Lists every bad key at once, and never a value: values may be secrets. */
export function loadConfig<C>(service: string, schema: z.ZodType<C>, env: Environment): Readonly<C> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return Object.freeze(parsed.data);
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  throw new ServiceError(
    'invalid',
    'SERVICE.CONFIG_INVALID',
    `${service} is configured wrongly: ${problems.join('; ')}`,
    {
      nextStep: 'Set the named environment variables; the service README lists them.',
    },
  );
}
