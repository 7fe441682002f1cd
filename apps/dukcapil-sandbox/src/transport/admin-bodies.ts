import { z } from 'zod';
import { CONDITIONS } from '../domain/condition.js';

const nik = z.string().min(1).max(32).meta({ example: '9999014101900001' });
const condition = z.enum(CONDITIONS).meta({ description: 'What happens to questions about this person' });

export const enrolment = z
  .strictObject({
    nik,
    name: z.string().min(1).max(200).meta({ example: 'CONTOH SATU' }),
    template: z.base64().min(1).max(32_768).meta({ description: 'Versioned face template, base64' }),
    condition: condition.default('none'),
  })
  .meta({ id: 'Enrolment' });

export const scripting = z.strictObject({ nik, condition }).meta({ id: 'Scripting' });

export const search = z.strictObject({ nik }).meta({ id: 'Search' });

const forMs = z.int().min(1).max(600_000).meta({ description: 'How long, unless it is ended before' });

export const faultPeriod = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('hang'), forMs }),
    z.strictObject({ kind: z.literal('refuse'), forMs }),
    z.strictObject({ kind: z.literal('busy'), forMs }),
    z.strictObject({ kind: z.literal('slow'), forMs, delayMs: z.int().min(1).max(60_000) }),
  ])
  .meta({ id: 'FaultPeriod' });
