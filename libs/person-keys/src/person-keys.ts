import { randomBytes } from 'node:crypto';
import { ServiceError } from '@absah/domain-kit';
import type { QueryClient } from '@absah/messaging';
import type { KeyPurpose } from '@absah/sealing';
import { LRUCache } from 'lru-cache';
import { keyDestroyed, keyMissing, keysUnavailable, transportKeyWrong } from './errors.js';
import type { KeyQuery } from './key-queries.js';
import { openKeyReply, type Found, type KeysOfPerson } from './key-reply.js';

export interface PersonKeysSettings {
  /** Shared with privacy alone. */
  readonly transportKey: Uint8Array;
  /** How many persons' keys are kept in memory, and for how long: as long does a destroyed key still work here. */
  readonly cacheEntries: number;
  readonly cacheSeconds: number;
}

const NONCE_BYTES = 16;
const CHECK_TIMEOUT_MS = 1_000;

type Keys<Purpose extends KeyPurpose> = Found<KeysOfPerson<Purpose>>;

/** The keys of persons, by the name under which this service knows them; privacy is asked once for each. */
export class PersonKeys<Purpose extends KeyPurpose = KeyPurpose> {
  readonly #kept: LRUCache<string, Promise<Keys<Purpose>>>;

  constructor(
    private readonly queries: Pick<QueryClient, 'ask'>,
    private readonly query: KeyQuery<Purpose>,
    private readonly settings: PersonKeysSettings,
  ) {
    this.#kept = new LRUCache({
      max: settings.cacheEntries,
      ttl: settings.cacheSeconds * 1000,
      // A key must not stay in memory because nobody asks for it again.
      ttlAutopurge: true,
    });
  }

  /** @throws ServiceError `unavailable` while privacy is away, `missing` when there is no key (any more) */
  async of(name: string): Promise<KeysOfPerson<Purpose>> {
    const [keys] = await this.lookUp([name]);
    if (keys === 'destroyed') throw keyDestroyed();
    if (!keys) throw keyMissing();
    return keys;
  }

  /** In the order of the names; undefined for whom there is no key (any more). */
  async find(names: readonly string[]): Promise<readonly (KeysOfPerson<Purpose> | undefined)[]> {
    const found = await this.lookUp(names);
    return found.map((keys) => (keys === 'destroyed' ? undefined : keys));
  }

  /** In the order of the names. */
  async lookUp(names: readonly string[]): Promise<readonly Keys<Purpose>[]> {
    const known = new Map(names.map((name) => [name, this.#kept.get(name)]));
    const unknown = [...known.keys()].filter((name) => !known.get(name));
    if (unknown.length > 0) {
      const answer = this.#ask(unknown);
      for (const [index, name] of unknown.entries()) {
        known.set(
          name,
          this.#keep(
            name,
            answer.then((keys) => keys[index]),
          ),
        );
      }
    }
    return Promise.all(names.map(async (name) => known.get(name)));
  }

  /** Throws when privacy answers somebody else; whether it answers at all shows in time. */
  async check(): Promise<'agreed' | 'no answer'> {
    try {
      await this.#ask([], CHECK_TIMEOUT_MS);
      return 'agreed';
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'PERSON_KEYS.UNAVAILABLE') return 'no answer';
      throw error;
    }
  }

  forgetAll(): void {
    this.#kept.clear();
  }

  /** Who asks meanwhile waits for the same answer; a failure is not kept. */
  #keep(name: string, keys: Promise<Keys<Purpose>>): Promise<Keys<Purpose>> {
    this.#kept.set(name, keys);
    const forget = (): void => {
      if (this.#kept.peek(name) === keys) this.#kept.delete(name);
    };
    keys.then((found) => {
      if (!found || found === 'destroyed') forget();
    }, forget);
    return keys;
  }

  async #ask(names: readonly string[], timeoutMs?: number): Promise<readonly Keys<Purpose>[]> {
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    const question = { nonce, [this.query.field]: names };
    const sealed = await this.#request(question, timeoutMs);
    try {
      return openKeyReply(
        this.query,
        { transportKey: this.settings.transportKey, nonce },
        sealed,
        names.length,
      );
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'SEALING.UNKNOWN_KEY') throw error;
      throw transportKeyWrong(this.query.contract.askedBy.join(), error);
    }
  }

  async #request(question: object, timeoutMs: number | undefined): Promise<string> {
    const options = timeoutMs === undefined ? {} : { timeoutMs };
    try {
      const reply = (await this.queries.ask(this.query.contract, question, options)) as { sealed: string };
      return reply.sealed;
    } catch (error) {
      throw keysUnavailable(error);
    }
  }
}
