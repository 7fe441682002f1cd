import { registryUrl } from '@absah/registry-protocol';
import { secretKey, secretText } from '@absah/service-kit';
import { z } from 'zod';

const milliseconds = z.coerce.number().int().min(1);

export const ikdGatewayConfig = z.object({
  /** Shared with privacy alone: its answers are sealed under it. */
  TRANSPORT_KEY: secretKey(),
  /** Persons whose keys are kept in memory. */
  KEY_CACHE_ENTRIES: z.coerce.number().int().min(1).max(1_000_000).default(10_000),
  /** How long they are kept; a key that privacy destroys works here that much longer. */
  KEY_CACHE_SECONDS: z.coerce.number().int().min(1).max(3600).default(300),
  /** Base address of the registry: https, or a loopback address. */
  IKD_URL: registryUrl,
  /** PEM file of whoever issued the registry's certificate; the authorities that Node knows when unset. */
  IKD_CA_FILE: z.string().min(1).optional(),
  /** PEM file with the certificate that we show the registry (G3), and the one with its key. */
  IKD_CLIENT_CERT_FILE: z.string().min(1).optional(),
  IKD_CLIENT_KEY_FILE: z.string().min(1).optional(),
  IKD_USER: z.string().min(1),
  IKD_PASSWORD: secretText(),
  /** Score from which the registry's reference and the template count as one person (V6). */
  MATCH_SCORE_THRESHOLD: z.coerce.number().min(0.5).max(1).default(0.95),
  /** Questions under way at the same time by one replica. */
  REGISTRY_CONNECTIONS: z.coerce.number().int().min(2).max(64).default(24),
  /** Of them, the share kept for parked cases; the others are for new ones (G4). */
  BACKLOG_PERCENT: z.coerce.number().int().min(1).max(99).default(33),
  /** New cases that may wait for a connection; those beyond are parked at once (V9). */
  REGISTRY_QUEUE: z.coerce.number().int().min(0).max(64).default(32),
  REGISTRY_QUEUE_WAIT_MS: milliseconds.default(500),
  /** A new case that waited longer since its template was made is parked: by now it may be over, which is asked first. */
  REGISTRY_DELAY_LIMIT_MS: milliseconds.min(1_000).max(600_000).default(60_000),
  /** From request to complete answer, a second try included; with the queue within the three seconds of V2. */
  REGISTRY_TIMEOUT_MS: milliseconds.max(20_000).default(2_500),
  /** Second tries for questions that failed fast, in percent of the first ones (G4). */
  RETRY_BUDGET_PERCENT: z.coerce.number().int().min(0).max(20).default(10),
  /** Questions without an answer about a person in a row after which the registry is left alone (G4). */
  CIRCUIT_UNANSWERED: z.coerce.number().int().min(1).default(5),
  /** At least; a Retry-After of the registry may ask for more. */
  CIRCUIT_OPEN_MS: milliseconds.default(2_000),
  PARK_FIRST_DELAY_MS: milliseconds.default(1_000),
  PARK_LONGEST_DELAY_MS: milliseconds.default(60_000),
  PARK_POLL_INTERVAL_MS: milliseconds.default(500),
  /** Parked cases that a replica asks about per second when the registry is back; doubles while answers are good. */
  DRAIN_START_PER_SECOND: z.coerce.number().min(0.1).max(100).default(2),
  DRAIN_TOP_PER_SECOND: z.coerce.number().min(0.1).max(1_000).default(50),
  /** How often the pace may double or halve. */
  DRAIN_STEP_MS: milliseconds.default(1_000),
  /** Longer than one question: after it another replica takes over what this one left unfinished. */
  PARK_LEASE_MS: milliseconds.min(25_000).default(30_000),
  /** What the access log states as reason of every access (G5). */
  ACCESS_PURPOSE: z.string().min(1).default('sim-registration'),
  /** Number of the cooperation agreement (PKS) under which the registry is asked (G5). */
  ACCESS_AGREEMENT: z.string().min(1).default('unspecified'),
});

export type IkdGatewayConfig = z.infer<typeof ikdGatewayConfig>;
