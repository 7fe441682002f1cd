import type { FaceMeasures } from '@absah/biometrics';
import { decodeTemplate } from '@absah/biometrics';
import { z } from 'zod';
import type { FaceAnalysis } from '../pipeline/analyse-face.js';
import type { EmbeddedFace } from '../pipeline/embed-face.js';
import { analysed, base64, modelChain, reason, share, unreadable } from './reply-parts.js';

// Recorded for statistics and never judged here, so an engine may measure other things than ours does.
const measures = z.record(z.string(), z.union([z.number(), z.boolean(), z.record(z.string(), z.number())]));
const quality = measures.transform((measured) => measured as unknown as FaceMeasures);

/** What may come back for a picture. */
export const analysisReply: z.ZodType<FaceAnalysis> = z.discriminatedUnion('kind', [
  unreadable,
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
