import { registryUrl } from '@absah/registry-protocol';
import { secretKey, secretText } from '@absah/service-kit';
import { z } from 'zod';

const milliseconds = z.coerce.number().int().min(1);

export const ikdGatewayConfig = z.object({
  /** Opens sealed NIKs. */
  IDENTITY_KEY: secretKey(),
  /** Opens sealed templates. */
  TEMPLATE_KEY: secretKey(),
  /** Base address of the registry: https, or a loopback address. */
  IKD_URL: registryUrl,
  IKD_USER: z.string().min(1),
  IKD_PASSWORD: secretText(),
  /** Score from which the registry's reference and the template count as one person (V6). */
  MATCH_SCORE_THRESHOLD: z.coerce.number().min(0.5).max(1).default(0.95),
  REGISTRY_CONNECTIONS: z.coerce.number().int().min(1).max(256).default(16),
  /** From request to complete answer; within the three seconds of V2. */
  REGISTRY_TIMEOUT_MS: milliseconds.default(2_500),
  /** Unanswered questions in a row after which the registry is left alone for a while (G4). */
  CIRCUIT_UNANSWERED: z.coerce.number().int().min(1).default(5),
  CIRCUIT_OPEN_MS: milliseconds.default(2_000),
  PARK_FIRST_DELAY_MS: milliseconds.default(1_000),
  PARK_LONGEST_DELAY_MS: milliseconds.default(60_000),
  PARK_POLL_INTERVAL_MS: milliseconds.default(500),
  /** Parked cases asked at the same time by one replica. */
  PARK_BATCH: z.coerce.number().int().min(1).max(256).default(16),
  /** Longer than one question: after it another replica takes over what this one left unfinished. */
  PARK_LEASE_MS: milliseconds.default(30_000),
  /** What the access log states as reason of every access (G5). */
  ACCESS_PURPOSE: z.string().min(1).default('sim-registration'),
  /** Number of the cooperation agreement (PKS) under which the registry is asked (G5). */
  ACCESS_AGREEMENT: z.string().min(1).default('unspecified'),
});

export type IkdGatewayConfig = z.infer<typeof ikdGatewayConfig>;
