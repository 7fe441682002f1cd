import { z } from 'zod';
import {
  consentPurpose,
  consentVersion,
  instant,
  rejectionReason,
  retakeReason,
  score,
} from '../vocabulary.js';
import { burstFields } from './liveness-challenge-api.js';

/** The JSON part `request` of `POST /v1/verifications`; the picture is the part `image`, a burst the parts `frame`. */
export const verificationRequest = z
  .strictObject({
    nik: z.string().max(64).meta({ description: '16-digit NIK', example: '9999015508900001' }),
    msisdn: z
      .string()
      .max(64)
      .meta({ description: 'Mobile number: 08…, 628… or +628…', example: '081200000001' }),
    consent: z
      .strictObject({
        purpose: consentPurpose,
        version: consentVersion.meta({
          description: 'Version of the consent text: year and month, and a number where there are several',
          example: '2026-07',
        }),
        givenAt: instant.meta({ description: 'When the person agreed, before the capture' }),
      })
      .meta({ description: 'Explicit consent, given before the capture (A4)' }),
    ...burstFields,
  })
  .meta({ id: 'VerificationRequest' });
export type VerificationRequest = z.infer<typeof verificationRequest>;

const verificationStatus = z.enum([
  'processing',
  'parked',
  'approved',
  'rejected',
  'retake',
  'activated',
  'expired',
]);
export type VerificationStatus = z.infer<typeof verificationStatus>;

const outcomeReason = z.union([rejectionReason, retakeReason, z.literal('registry-unavailable')]);
export type OutcomeReason = z.infer<typeof outcomeReason>;

/** The six stretches between request and decision, in order. */
export const STAGES = ['intake', 'liveness', 'template', 'ikd', 'quota', 'decision'] as const;
export type Stage = (typeof STAGES)[number];

export const verificationView = z
  .strictObject({
    id: z.uuid(),
    status: verificationStatus,
    receivedAt: instant,
    decidedAt: instant.optional(),
    matchScore: score.optional(),
    reasons: z.array(
      z.strictObject({
        code: outcomeReason,
        advice: z
          .strictObject({ id: z.string(), en: z.string() })
          .meta({ description: 'What the person can do now' }),
      }),
    ),
    activatedAt: instant.optional(),
    /** Milliseconds between the facts that end each stage, as far as the case got. */
    stagesMs: z.partialRecord(z.enum(STAGES), z.number().nonnegative()).optional(),
  })
  .meta({ id: 'Verification' });
export type VerificationView = z.infer<typeof verificationView>;
