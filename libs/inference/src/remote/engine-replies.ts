import type { FaceMeasures, QualityReason } from '@absah/biometrics';
import { decodeTemplate, qualityAdvice } from '@absah/biometrics';
import { z } from 'zod';
import type { FaceAnalysis } from '../pipeline/analyse-face.js';
import type { EmbeddedFace } from '../pipeline/embed-face.js';

// Another maker's engine is trusted as little as any other input: a score beyond 0..1, a measure that is not
// a number or a template of another chain would decide a case.

const share = z.number().min(0).max(1);
const base64 = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));

const reason = z.custom<QualityReason>(
  (value) => typeof value === 'string' && Object.hasOwn(qualityAdvice, value),
);

// Recorded for statistics and never judged here, so an engine may measure other things than ours does.
const measures = z.record(z.string(), z.union([z.number(), z.boolean(), z.record(z.string(), z.number())]));
const quality = measures.transform((measured) => measured as unknown as FaceMeasures);

const modelChain = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/);
const stage = z.enum(['decode', 'detect', 'align', 'quality', 'liveness']);
const analysed = { modelChain, timingsMs: z.partialRecord(stage, z.number().nonnegative()) };

/** What may come back for a picture. */
export const analysisReply: z.ZodType<FaceAnalysis> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('unreadable'),
    // Whatever its own word for it: the person is asked for another picture.
    code: z.string().transform(() => 'image-damaged' as const),
    ...analysed,
  }),
  z.strictObject({
    kind: z.literal('retake'),
    reasons: z.array(reason).min(1).max(3),
    quality: quality.exactOptional(),
    ...analysed,
  }),
  z.strictObject({
    kind: z.literal('face'),
    /** Whatever `embed` of the same engine expects: nobody between them looks into it. */
    alignedCrop: base64,
    quality,
    livenessScore: share,
    livenessCues: z.record(z.string(), z.number()).exactOptional(),
    ...analysed,
  }),
]);

/** @throws ZodError also where the bytes are no template of the chain that the reply names */
export const embeddingReply: z.ZodType<EmbeddedFace> = z
  .strictObject({ template: base64, modelChain })
  .refine(({ template, modelChain: named }) => chainOf(template) === named, 'not a template of that chain');

function chainOf(template: Uint8Array): string | undefined {
  try {
    return decodeTemplate(template).modelChain;
  } catch {
    return undefined;
  }
}
