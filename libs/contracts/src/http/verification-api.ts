import { z } from 'zod';
import { consentPurpose, consentVersion, instant, outcomeReason, score } from '../vocabulary.js';
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
    sessionId: z.uuid().optional().meta({
      description:
        'One registration session of one person, chosen by your app. It ends 15 minutes after its last activity (V16)',
      example: '5f0c7a52-6f0e-4a57-9f63-2d8f6f1f0b1c',
    }),
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
  'needs-assistance',
  'activated',
  'deactivated',
  'expired',
  'cancelled',
]);
export type VerificationStatus = z.infer<typeof verificationStatus>;

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
    activateBy: instant.optional().meta({
      description: 'Until when the place of an approval is held; it is activated before, or not at all',
    }),
    nextAttemptAt: instant
      .optional()
      .meta({ description: 'A new attempt of this person or session is refused before (V8)' }),
    activatedAt: instant.optional(),
    deactivatedAt: instant.optional(),
    /** Milliseconds between the facts that end each stage, as far as the case got. */
    stagesMs: z.partialRecord(z.enum(STAGES), z.number().nonnegative()).optional(),
  })
  .meta({ id: 'Verification' });
export type VerificationView = z.infer<typeof verificationView>;
