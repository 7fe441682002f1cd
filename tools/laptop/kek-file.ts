import { randomBytes } from 'node:crypto';
import { link, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const KEY_BYTES = 32;

/** The laptop's key-encryption key, made at the first start. It is never replaced: all keys of persons depend on it. */
export async function keepKekFile(folder: string): Promise<string> {
  const file = join(folder, 'key-encryption-keys.json');
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const keys = { 'kek-1': randomBytes(KEY_BYTES).toString('base64') };
  try {
    await writeFile(draft, JSON.stringify({ active: 'kek-1', keys }, undefined, 2), {
      mode: 0o600,
      flag: 'wx',
    });
    // Publishes a complete file or nothing.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return file;
}
