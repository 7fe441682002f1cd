import type { QualityReason } from '@absah/biometrics';
import { qualityAdvice } from '@absah/biometrics';
import { z } from 'zod';

// Another maker's engine is trusted as little as any other input: a score beyond 0..1, a measure that is not
// a number or a template of another chain would decide a case.

export const share = z.number().min(0).max(1);
export const base64 = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));

export const reason = z.custom<QualityReason>(
  (value) => typeof value === 'string' && Object.hasOwn(qualityAdvice, value),
);

export const modelChain = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/);
const stage = z.enum(['decode', 'detect', 'align', 'quality', 'liveness', 'embed']);
export const analysed = { modelChain, timingsMs: z.partialRecord(stage, z.number().nonnegative()) };

export const unreadable = z.strictObject({
  kind: z.literal('unreadable'),
  // Whatever its own word for it: the person is asked for another picture.
  code: z.string().transform(() => 'image-damaged' as const),
  ...analysed,
});
