import { randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadOrCreateSecretFile } from './secret-file.js';

export type Secrets<Name extends string> = Readonly<Record<Name, string>>;

const SECRET_BYTES = 32;

/** One file per secret: 32 random bytes, base64url. */
export async function loadOrCreateSecrets<Name extends string>(
  folder: string,
  names: readonly Name[],
): Promise<Secrets<Name>> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  const make = (): string => randomBytes(SECRET_BYTES).toString('base64url');
  const entries = await Promise.all(
    names.map(async (name) => [name, await loadOrCreateSecretFile(join(folder, name), make)] as const),
  );
  return Object.fromEntries(entries) as Secrets<Name>;
}
