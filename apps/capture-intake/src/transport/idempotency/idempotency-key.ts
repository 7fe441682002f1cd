import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { KeyedRequest } from '../../application/idempotency.js';
import { refusal } from '../../domain/errors.js';

/** Visible ASCII, as a structured-field string or bare: most clients send a bare UUID. */
const KEY = /^"([\x21\x23-\x5b\x5d-\x7e]{1,255})"$|^([\x21\x23-\x5b\x5d-\x7e]{1,255})$/;

/** The header `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header). Undefined when it was not sent. */
export function idempotencyKeyOf({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined) return undefined;
  const [, quoted, bare] = (typeof header === 'string' && KEY.exec(header.trim())) || [];
  const key = quoted ?? bare;
  if (key === undefined) throw refusal('INTAKE.IDEMPOTENCY_KEY_MALFORMED');
  return key;
}

/** What an operator may use a key for: one method and path, and one content. */
export interface KeyedContent {
  readonly key: string;
  readonly operatorId: string;
  readonly method: string;
  readonly path: string;
  /** Named parts of the body, in an order that matters only between parts of one name. */
  readonly parts: readonly (readonly [name: string, bytes: Uint8Array])[];
}

export function keyedRequest({ key, operatorId, method, path, parts }: KeyedContent): KeyedRequest {
  const scope = digestOf(operatorId, method, path, key);
  const digests = parts
    .map(([name, bytes]) => [name, digestOf(bytes).toString('hex')] as const)
    .sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  // With the key, which is stored nowhere: a digest of a NIK alone could be guessed.
  return { scope, fingerprint: digestOf(key, ...digests.flat()) };
}

function digestOf(...fields: readonly (string | Uint8Array)[]): Buffer {
  const digest = createHash('sha256');
  for (const field of fields) {
    const bytes = typeof field === 'string' ? Buffer.from(field, 'utf8') : field;
    // Lengths keep neighbours apart: "ab" and "c" are not "a" and "bc".
    digest.update(`${bytes.length}:`).update(bytes);
  }
  return digest.digest();
}
