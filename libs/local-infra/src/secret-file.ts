import { randomBytes } from 'node:crypto';
import { chmod, link, readFile, rm, writeFile } from 'node:fs/promises';

/** The text of the file, made on first use. A file that exists is never replaced: what it protects would be lost. */
export async function loadOrCreateSecretFile(file: string, make: () => string): Promise<string> {
  const existing = await load(file);
  if (existing !== undefined) return existing;
  await createOnce(file, make());
  const created = await load(file);
  if (created === undefined) throw new Error(`Secret file ${file} vanished while it was created`);
  return created;
}

async function load(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  if (text.trim() === '') throw new Error(`Secret file ${file} is empty; restore it from a copy`);
  await chmod(file, 0o600);
  return text.trim();
}

/** Linking publishes a complete file or nothing, and the first of two processes wins. */
async function createOnce(file: string, secret: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, secret, { mode: 0o600, flag: 'wx' });
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
