import { z } from 'zod';
import { CAP_SCOPES, DOCUMENTS, type CapPolicy } from './domain/cap-policy.js';

const cap = z.coerce.number().int().min(1).max(100);
const scope = z.enum(CAP_SCOPES);

const override = z.strictObject({
  document: z.enum(DOCUMENTS),
  operatorId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  scope,
  cap,
});

/** The rules in a JSON text. */
function parsed(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'expected a JSON array' });
    return z.NEVER;
  }
}

function areDistinct(rules: readonly z.infer<typeof override>[]): boolean {
  return new Set(rules.map((rule) => `${rule.document} ${rule.operatorId}`)).size === rules.length;
}

/** Every number of the regulation is configuration with that default (Q1, Q2). */
export const quotaLedgerConfig = z.object({
  /** Raise it with every change of the four settings below: the policy of the highest revision is in force. */
  CAP_POLICY_REVISION: z.coerce.number().int().min(1).max(1_000_000_000).default(1),
  /** Who answers for the policy; kept with its revision. */
  CAP_POLICY_AUTHOR: z.string().min(1).max(100).default('configuration'),
  CAP_PER_PERSON: cap.default(3),
  /** Whether a person's SIMs count together, or at each operator by itself. */
  CAP_SCOPE: scope.default('person'),
  CAP_PER_PASSPORT: cap.default(1),
  /** JSON: `[{"document":"nik","operatorId":"operator-b","scope":"person-and-operator","cap":2}]`. */
  CAP_OVERRIDES: z
    .string()
    .default('[]')
    .transform(parsed)
    .pipe(z.array(override))
    .refine(areDistinct, 'one rule per document and operator'),
  RESERVATION_MINUTES: z.coerce.number().int().min(1).max(1440).default(30),
  /** How often slots are looked for whose case may be over. */
  EXPIRY_INTERVAL_MS: z.coerce.number().int().min(50).default(10_000),
  /** A reserved slot's case is first asked about after this time, and never twice within it. */
  CASE_CHECK_MS: z.coerce.number().int().min(50).max(3_600_000).default(15_000),
});

export type QuotaLedgerConfig = z.infer<typeof quotaLedgerConfig>;

export function policyOf(config: QuotaLedgerConfig): CapPolicy {
  return {
    revision: config.CAP_POLICY_REVISION,
    author: config.CAP_POLICY_AUTHOR,
    rules: [
      { document: 'nik', scope: config.CAP_SCOPE, cap: config.CAP_PER_PERSON },
      { document: 'passport', scope: 'person', cap: config.CAP_PER_PASSPORT },
      ...config.CAP_OVERRIDES,
    ],
  };
}
