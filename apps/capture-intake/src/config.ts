import { CaseDecidedV1, movement } from '@absah/contracts';
import { secretKey } from '@absah/service-kit';
import { z } from 'zod';

/** Keys of operators as digests: who reads the configuration cannot speak for an operator. */
const apiKeys = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'expected a JSON object' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string().regex(/^[0-9a-f]{64}$/), CaseDecidedV1.payload.shape.operatorId));

export const captureIntakeConfig = z.object({
  /** JSON: SHA-256 of an operator's key in hex → operator id. An operator may have several keys. */
  API_KEYS: apiKeys,
  /** Seals pictures on their way to liveness. */
  CAPTURE_KEY: secretKey(),
  /** Shared with privacy alone: its answers are sealed under it. */
  TRANSPORT_KEY: secretKey(),
  /** Persons whose keys are kept in memory. */
  KEY_CACHE_ENTRIES: z.coerce.number().int().min(1).max(1_000_000).default(10_000),
  /** How long they are kept; a key that privacy destroys works here that much longer. */
  KEY_CACHE_SECONDS: z.coerce.number().int().min(1).max(3600).default(60),
  /** Makes the subjectRef of a NIK. */
  PSEUDONYM_KEY: secretKey(),
  MAX_IMAGE_BYTES: z.coerce
    .number()
    .int()
    .min(1024)
    .max(10 * 1024 * 1024)
    .default(6_291_456),
  MAX_REQUEST_BYTES: z.coerce
    .number()
    .int()
    .min(512)
    .max(1024 * 1024)
    .default(16_384),
  /** All frames of one burst together; they travel as one message of the broker, which carries 8 MiB. */
  MAX_BURST_BYTES: z.coerce
    .number()
    .int()
    .min(64 * 1024)
    .max(7 * 1024 * 1024)
    .default(4_194_304),
  /** Of all uploads that arrive or wait at once; six of the largest. Above it a new one is refused. */
  MAX_UPLOAD_BYTES_IN_FLIGHT: z.coerce
    .number()
    .int()
    // The largest upload that the limits above can allow must fit in, or it would never be taken.
    .min(19 * 1024 * 1024)
    .max(1024 * 1024 * 1024)
    .default(67_108_864),
  /** Cases shall be decided within this time; when they take longer, fewer are admitted. Half of what V2 allows. */
  DECISION_TARGET_MS: z.coerce.number().int().min(100).max(60_000).default(1_500),
  /** Admitted by this replica and not decided yet: never fewer than this, however long they take. */
  LEAST_CASES_UNDER_WAY: z.coerce.number().int().min(1).max(1_000_000).default(4),
  /** And never more than this, however fast they are. */
  MOST_CASES_UNDER_WAY: z.coerce.number().int().min(1).max(1_000_000).default(1_000),
  /** Of one operator, neither answered nor expired; above it no more are issued. */
  MOST_OPEN_CHALLENGES: z.coerce.number().int().min(1).max(1_000_000).default(2_000),
  /** A liveness challenge is refused when its answer arrives later. */
  CHALLENGE_LIFETIME_MS: z.coerce.number().int().min(1000).max(600_000).default(60_000),
  /** What a challenge may ask for. No blinks by default: eyes that are narrow or behind glasses are often taken
   *  to be closed. */
  CHALLENGE_MOVEMENTS: z
    .string()
    .default('turn-left,turn-right,look-up,nod')
    .transform((text) => text.split(','))
    .pipe(z.array(movement).min(2))
    .refine((among) => among.some((one) => one.startsWith('turn-')), 'at least one turn is needed'),
  /** How many colours the screen of the client shall flash; none unless the clients can. */
  CHALLENGE_COLOURS: z.coerce.number().int().min(0).max(8).default(0),
  /** Whether a POST without `Idempotency-Key` is refused. */
  REQUIRE_IDEMPOTENCY_KEY: z.stringbool().default(false),
  /** How long a request with a key that was sent before gets the reply of the first. */
  IDEMPOTENCY_KEPT_HOURS: z.coerce.number().int().min(1).max(168).default(24),
  /** A key whose request left no effect and gave no answer is free again after this: its replica died. */
  IDEMPOTENCY_LEASE_MS: z.coerce.number().int().min(1000).max(300_000).default(30_000),
  /** How long a request without `Prefer: wait` is held for its decision. */
  DEFAULT_WAIT_SECONDS: z.coerce.number().int().min(0).max(10).default(0),
  /** A whole upload has to arrive within this time. */
  UPLOAD_TIMEOUT_MS: z.coerce.number().int().min(1000).max(300_000).default(30_000),
  /**
   * From receipt to the registry's answer; then a retake. Longer than the limits of liveness, template-extraction and
   * ikd-gateway together with a redelivery of each, or cases are given up that they still work on.
   */
  RECOGNITION_LIMIT_MS: z.coerce.number().int().min(60_000).max(3_600_000).default(300_000),
  /** From the match, also of a case that was parked, until its slot is held; then the case expires. */
  SLOT_LIMIT_MS: z.coerce.number().int().min(10_000).max(3_600_000).default(120_000),
  /** A case that the registry's outage parked is given up after this. */
  PARKED_LIMIT_HOURS: z.coerce.number().int().min(1).max(720).default(72),
  /** How long a person whose attempts are exhausted is waited for at a service centre. */
  ASSISTANCE_LIMIT_HOURS: z.coerce.number().int().min(1).max(720).default(72),
  /** How often cases are looked for whose time is over. */
  DEADLINE_SWEEP_INTERVAL_MS: z.coerce.number().int().min(50).max(600_000).default(5000),
  /** After a failed attempt the same person or session waits this long (V8). */
  ATTEMPT_PAUSE_SECONDS: z.coerce.number().int().min(0).max(3600).default(30),
  /** Failed attempts of one session, after which a clerk has to assist. */
  ATTEMPTS_PER_SESSION: z.coerce.number().int().min(1).max(100_000).default(5),
  /** Failed attempts of one person within the window, after which a clerk has to assist. */
  ATTEMPTS_PER_IDENTITY: z.coerce.number().int().min(1).max(100_000).default(8),
  ATTEMPT_WINDOW_HOURS: z.coerce.number().int().min(1).max(720).default(24),
  /** A session takes no further attempt this long after its last one (V16). */
  SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(1440).default(15),
});

export type CaptureIntakeConfig = z.infer<typeof captureIntakeConfig>;
