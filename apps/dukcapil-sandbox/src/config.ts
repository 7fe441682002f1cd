import { secretKey, secretText } from '@absah/service-kit';
import { z } from 'zod';

export const dukcapilSandboxConfig = z.object({
  /** Seals what the sandbox keeps: a stand-in, too, leaves no plaintext on disk. */
  SANDBOX_KEY: secretKey(),
  /** The credentials that the gateway has to bring. */
  IKD_USER: z.string().min(1),
  IKD_PASSWORD: secretText(),
  /** The institution's token for data balikan. */
  BALIKAN_TOKEN: secretText(),
  /** Opens enrolment, scripting and inspection. */
  ADMIN_TOKEN: secretText(),
  /** PEM file: whoever shows no certificate of this authority is not served by the registry's interfaces (G3). */
  CLIENT_CA_FILE: z.string().min(1).optional(),
  /** Pretended work per face verification. */
  LATENCY_MS: z.coerce.number().int().min(0).max(60_000).default(0),
  /** How long a person with condition `hang` keeps a caller waiting. */
  HANG_MS: z.coerce.number().int().min(1).max(600_000).default(60_000),
});

export type DukcapilSandboxConfig = z.infer<typeof dukcapilSandboxConfig>;
