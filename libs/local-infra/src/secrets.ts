import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Secrets<Name extends string> = Readonly<Record<Name, string>>;

const SECRET_BYTES = 32;

/**
 * One file per secret, made on first use: 32 random bytes, base64url. A file that exists is never
 * replaced, because what it protects would be lost with it.
 */
export async function loadOrCreateSecrets<Name extends string>(
  folder: string,
  names: readonly Name[],
): Promise<Secrets<Name>> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  const entries = await Promise.all(
    names.map(async (name) => [name, await loadOrCreate(join(folder, name))] as const),
  );
  return Object.fromEntries(entries) as Secrets<Name>;
}

async function loadOrCreate(file: string): Promise<string> {
  const existing = await load(file);
  if (existing !== undefined) return existing;
  await createOnce(file, randomBytes(SECRET_BYTES).toString('base64url'));
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
