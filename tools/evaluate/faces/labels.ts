import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const labelsSchema = z.object({
  /** Images, by file name without extension, that show somebody else than their folder says. */
  drop: z.array(z.string()).default([]),
  /** Folders that hold one person. */
  same: z.array(z.tuple([z.string(), z.string()])).default([]),
});

export type Labels = z.infer<typeof labelsSchema>;

export const noLabels: Labels = { drop: [], same: [] };

export async function readLabels(path: string): Promise<Labels> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`--labels: ${path} cannot be read`);
  });
  try {
    return labelsSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error('--labels: expected { "drop": [image, …], "same": [[person, person], …] }', { cause });
  }
}
