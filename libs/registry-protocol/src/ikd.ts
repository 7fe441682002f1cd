import { z } from 'zod';

export const FACE_VERIFICATION_PATH = '/ikd/v1/face-verifications';

/** About 2 KB for 512 dimensions; room for larger models. */
const MAX_TEMPLATE_CHARACTERS = 32_768;

const score = z.number().min(0).max(1);

/** A 1:1 question. The same `transactionId` gets the same answer, however often it is asked. */
export const faceVerificationRequest = z
  .strictObject({
    transactionId: z.uuid(),
    nik: z.string().min(1).max(32).meta({ example: '9999015508900001' }),
    template: z
      .base64()
      .min(1)
      .max(MAX_TEMPLATE_CHARACTERS)
      .meta({ description: 'Versioned face template, base64' }),
    modelChain: z.string().min(1).max(63),
    threshold: score
      .optional()
      .meta({ description: 'Score from which the verdict is "match"; 0.95 when absent' }),
  })
  .meta({ id: 'FaceVerificationRequest' });
export type FaceVerificationRequest = z.infer<typeof faceVerificationRequest>;

/** 200: a comparison took place. Not strict: a registry may add fields without asking its clients. */
export const faceComparison = z
  .object({
    transactionId: z.uuid(),
    verdict: z.enum(['match', 'mismatch']),
    matchScore: score,
    comparedAt: z.iso.datetime(),
  })
  .meta({ id: 'FaceComparison' });

/** Any other status: no comparison took place; see the answer codes. */
export const registryRefusal = z
  .object({
    /** Absent only when the request was too broken to carry one. */
    transactionId: z.uuid().optional(),
    responseCode: z.string().regex(/^\d{2,4}$/),
    respon: z.string().max(200),
  })
  .meta({ id: 'RegistryRefusal' });
