import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';

/** `@Body(zodBody(schema))`; what does not fit becomes a problem that names the fields. */
export function zodBody<T>(schema: z.ZodType<T>): PipeTransform<unknown, T> {
  return { transform: (value) => schema.parse(value) };
}
