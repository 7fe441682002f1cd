import { z } from 'zod';
import { CAP_SCOPES } from './domain/cap-policy.js';

/** Every number of the regulation is configuration with that default (Q1, Q2). */
export const quotaLedgerConfig = z.object({
  CAP_PER_PERSON: z.coerce.number().int().min(1).max(100).default(3),
  CAP_SCOPE: z.enum(CAP_SCOPES).default('person'),
  RESERVATION_MINUTES: z.coerce.number().int().min(1).max(1440).default(30),
  EXPIRY_INTERVAL_MS: z.coerce.number().int().min(50).default(10_000),
  /** A slot is kept this long after its time: more than clocks differ plus the relay of an activation. */
  RELEASE_GRACE_MS: z.coerce.number().int().min(5000).max(3_600_000).default(60_000),
});

export type QuotaLedgerConfig = z.infer<typeof quotaLedgerConfig>;
