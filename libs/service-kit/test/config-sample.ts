import { z } from 'zod';
import {
  commonConfigSchema,
  databaseConfigSchema,
  loadConfig,
  messagingConfigSchema,
  natsConfigSchema,
} from '../src/load-config.js';
import { secretKey } from '../src/secret.js';

/** What a service of its own makes of its environment. */
export const SECTIONS = {
  common: commonConfigSchema,
  database: databaseConfigSchema,
  nats: natsConfigSchema,
  messaging: messagingConfigSchema,
  own: z.object({
    SEALING_KEY: secretKey(),
    SWEEP_INTERVAL_MS: z.coerce.number().int().positive().default(500),
  }),
};

export const GOOD = {
  DATABASE_URL: 'postgresql://u:p@127.0.0.1/db',
  NATS_URL: 'nats://127.0.0.1:4222',
  NATS_USER: 'liveness',
  NATS_PASSWORD: 'broker-password',
  SEALING_KEY: Buffer.alloc(32, 7).toString('base64'),
};

/** What a refused environment is told; fails when it is accepted. */
export function refusalOf(env: Record<string, string | undefined>): string {
  try {
    loadConfig('liveness', SECTIONS, env);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}
