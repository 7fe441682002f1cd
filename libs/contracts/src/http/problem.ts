import { z } from 'zod';

/** RFC 9457 problem details, with a stable code and a next step. */
export const problem = z
  .strictObject({
    type: z.string().meta({ description: 'urn:absah:problem:<code>' }),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.string().regex(/^[A-Z_]+\.[A-Z0-9_]+$/),
    detail: z.string().optional(),
    nextStep: z.string().optional(),
    advice: z
      .strictObject({ id: z.string(), en: z.string() })
      .optional()
      .meta({ description: 'What the person can do now, where it is for a person to do' }),
    /** Names of fields or parts that are wrong, never their values. */
    fields: z.array(z.strictObject({ path: z.string(), problem: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
