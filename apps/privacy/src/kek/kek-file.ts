import { createSecretKey, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { kekFileUnreadable } from '../domain/errors.js';

/** The key-encryption keys of a file, and which of them wraps. */
export interface KekRing {
  readonly active: string;
  readonly keys: ReadonlyMap<string, KeyObject>;
}

const kekId = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/);

const kekFile = z.strictObject({
  active: kekId,
  /** 32 bytes in base64, by id. An id never gets another key. */
  keys: z.record(kekId, z.base64().length(44)),
});

const OTHERS = 0o007;

/** Changes whenever the file does. */
export async function versionOf(path: string): Promise<string> {
  const { ino, mtimeMs, size, mode } = await stat(path).catch((error: unknown) => {
    throw kekFileUnreadable('it is not there', error);
  });
  if ((mode & OTHERS) !== 0) throw kekFileUnreadable('every account of this machine may use it (chmod 600)');
  return `${ino} ${mtimeMs} ${size}`;
}

export async function readKekFile(path: string): Promise<KekRing> {
  const parsed = kekFile.safeParse(await readJson(path));
  if (!parsed.success)
    throw kekFileUnreadable('it is not { "active": id, "keys": { id: 32 bytes in base64 } }');
  const { active, keys } = parsed.data;
  const ring = new Map(Object.entries(keys).map(([id, text]) => [id, toKey(text)]));
  if (!ring.has(active)) throw kekFileUnreadable(`it names ${active} as active and does not hold it`);
  return { active, keys: ring };
}

/** No cause: the parser's message quotes the text. */
async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw kekFileUnreadable('it is no JSON, or may not be read');
  }
}

function toKey(base64: string): KeyObject {
  const bytes = Buffer.from(base64, 'base64');
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}
