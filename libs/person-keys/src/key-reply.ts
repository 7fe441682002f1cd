import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import {
  derivePurposeKey,
  KEY_ID_BYTES,
  keyIdFromBytes,
  keyIdToBytes,
  PersonKey,
  Sealer,
  type KeyPurpose,
} from '@absah/sealing';
import { replyMalformed } from './errors.js';
import type { KeyQuery } from './key-queries.js';

/** A person's secret, as only privacy holds it: the keys that services get are derived from it. */
export interface PersonSecret {
  readonly keyId: string;
  readonly secret: KeyObject;
}

/** What a service gets of one person. */
export type KeysOfPerson<Purpose extends KeyPurpose> = Readonly<Record<Purpose, PersonKey>>;

/** Was destroyed, and will never open anything again. Undefined: none was made, or it does not open for now. */
export type Found<Key> = Key | 'destroyed' | undefined;

/** Asker and answerer agree on it beforehand; the broker between them does not know the key. */
export interface Confidence {
  readonly transportKey: Uint8Array;
  /** Drawn by the asker for this one question. */
  readonly nonce: string;
}

const PURPOSE_KEY_BYTES = 32;
/** Stands where there is no key. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
/** Stands where there was one. */
const FORGOTTEN = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Seals an answer for one question of one service. Inside, in the order of the question, are
 * `key id (16 bytes) ‖ a key of 32 bytes for each purpose of the query`.
 */
export function sealKeyReply(
  query: KeyQuery,
  confidence: Confidence,
  secrets: readonly Found<PersonSecret>[],
): string {
  const size = recordBytes(query);
  const records = Buffer.alloc(size * secrets.length);
  try {
    for (const [index, held] of secrets.entries()) {
      const record = records.subarray(index * size);
      if (held === 'destroyed') record.set(keyIdToBytes(FORGOTTEN));
      else if (held) writeRecord(record, held, query.purposes);
    }
    const sealed = sealerOf(confidence).seal(records, query.contract.subject);
    return Buffer.from(sealed).toString('base64url');
  } finally {
    records.fill(0);
  }
}

/** @throws SealBrokenError | UnknownKeyError */
export function openKeyReply<Purpose extends KeyPurpose>(
  query: KeyQuery<Purpose>,
  confidence: Confidence,
  sealed: string,
  count: number,
): readonly Found<KeysOfPerson<Purpose>>[] {
  const size = recordBytes(query);
  const records = sealerOf(confidence).open(Buffer.from(sealed, 'base64url'), query.contract.subject);
  try {
    if (records.length !== size * count) throw replyMalformed();
    return Array.from({ length: count }, (_, index) =>
      readRecord(records.subarray(index * size, (index + 1) * size), query.purposes),
    );
  } finally {
    records.fill(0);
  }
}

function writeRecord(
  record: Uint8Array,
  { keyId, secret }: PersonSecret,
  purposes: readonly KeyPurpose[],
): void {
  record.set(keyIdToBytes(keyId));
  for (const [index, purpose] of purposes.entries()) {
    const key = derivePurposeKey(secret, purpose);
    record.set(key, KEY_ID_BYTES + index * PURPOSE_KEY_BYTES);
    key.fill(0);
  }
}

function readRecord<Purpose extends KeyPurpose>(
  record: Uint8Array,
  purposes: readonly Purpose[],
): Found<KeysOfPerson<Purpose>> {
  const keyId = keyIdFromBytes(record.subarray(0, KEY_ID_BYTES));
  if (keyId === NOBODY) return undefined;
  if (keyId === FORGOTTEN) return 'destroyed';
  const entries = purposes.map((purpose, index) => {
    const from = KEY_ID_BYTES + index * PURPOSE_KEY_BYTES;
    return [purpose, new PersonKey(keyId, purpose, record.subarray(from, from + PURPOSE_KEY_BYTES))] as const;
  });
  return Object.fromEntries(entries) as Record<Purpose, PersonKey>;
}

function recordBytes({ purposes }: KeyQuery): number {
  return KEY_ID_BYTES + purposes.length * PURPOSE_KEY_BYTES;
}

/** A key for this answer alone: the transport key could not seal the answers of a year with random nonces. */
function sealerOf({ transportKey, nonce }: Confidence): Sealer {
  const hmac = createHmac('sha256', createSecretKey(transportKey));
  return new Sealer('person-keys', hmac.update(nonce).digest());
}
