import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelDescription } from './manifest.js';

/** The file is missing or is not the one that was measured: nothing may be decided with it. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError';
}

/** Returns the very bytes that were checked, so that nothing can change between check and use. */
export async function readModel(
  modelsDir: string,
  { file, sha256 }: Pick<ModelDescription, 'file' | 'sha256'>,
): Promise<Uint8Array> {
  const path = join(modelsDir, file);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new ModelFileError(`model file ${path} cannot be read; expected sha256 ${sha256}`, { cause });
  });
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== sha256) {
    throw new ModelFileError(`model file ${path} has sha256 ${digest}; expected ${sha256}`);
  }
  return bytes;
}
