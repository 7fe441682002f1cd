import { createSecretKey, randomBytes } from 'node:crypto';
import { uuidV7, type Clock } from '@absah/domain-kit';
import type { Found } from '@absah/person-keys';
import { keyIdToBytes } from '@absah/sealing';
import { CLOCK } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { bindSecret, SECRET_BYTES } from '../domain/bound-secret.js';
import { OpenSecrets } from './open-secrets.js';
import { OpenedSecrets, type OpenedSecret } from './opened-secrets.js';
import { KekProvider, PersonKeyStore, type StoredKey } from './ports.js';

/** The secrets of persons, for whoever seals or opens something of theirs. */
@Injectable()
export class ObtainSecrets {
  constructor(
    @Inject(PersonKeyStore) private readonly store: PersonKeyStore,
    @Inject(KekProvider) private readonly keks: KekProvider,
    @Inject(OpenedSecrets) private readonly opened: OpenedSecrets,
    @Inject(OpenSecrets) private readonly opening: OpenSecrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Made on first use. In the order of the subjects; undefined when a key is there and does not open. */
  async ofSubjects(subjectRefs: readonly string[]): Promise<readonly (OpenedSecret | undefined)[]> {
    const known = new Map(subjectRefs.map((ref) => [ref, this.opened.ofSubject(ref)]));
    const unknown = [...known.keys()].filter((ref) => !known.get(ref));
    for (const secret of await this.findOrMake(unknown)) known.set(secret.subjectRef, secret);
    return subjectRefs.map((ref) => known.get(ref));
  }

  /** In the order of the ids; undefined when the key never existed or does not open. */
  async byIds(keyIds: readonly string[]): Promise<readonly Found<OpenedSecret>[]> {
    const known = new Map<string, Found<OpenedSecret>>(keyIds.map((id) => [id, this.opened.ofId(id)]));
    const unknown = [...known.keys()].filter((id) => !known.get(id));
    const stored = unknown.length > 0 ? await this.store.byIds(unknown) : [];
    for (const secret of await this.opening.open(stored)) known.set(secret.keyId, secret);
    if (stored.length < unknown.length) {
      for (const keyId of await this.store.destroyedOf(unknown)) known.set(keyId, 'destroyed');
    }
    return keyIds.map((id) => known.get(id));
  }

  private async findOrMake(subjectRefs: readonly string[]): Promise<readonly OpenedSecret[]> {
    if (subjectRefs.length === 0) return [];
    const stored = await this.store.ofSubjects(subjectRefs);
    const have = new Set(stored.map(({ subjectRef }) => subjectRef));
    const fresh = subjectRefs.filter((ref) => !have.has(ref));
    const made = fresh.length > 0 ? await this.makeFor(fresh) : [];
    return [...(await this.opening.open(stored)), ...made];
  }

  private async makeFor(subjectRefs: readonly string[]): Promise<readonly OpenedSecret[]> {
    const made = await this.make(subjectRefs);
    const counting = await this.store.add(made.map(({ stored }) => stored));
    const secrets = made.map(({ secret }) => secret);
    const own = secrets.filter(({ keyId }) => counting.has(keyId));
    this.opened.keep(own);
    if (own.length === secrets.length) return own;
    // Of two replicas that made a key for one person, the first one's counts.
    const late = secrets.filter(({ keyId }) => !counting.has(keyId));
    const theirs = await this.store.ofSubjects(late.map(({ subjectRef }) => subjectRef));
    return [...own, ...(await this.opening.open(theirs))];
  }

  private async make(subjectRefs: readonly string[]): Promise<readonly MadeKey[]> {
    const drawn = subjectRefs.map((subjectRef) => draw(subjectRef, uuidV7(this.clock.now())));
    try {
      const wrapped = await this.keks.wrap(drawn.map(({ bound }) => bound));
      return drawn.flatMap(({ secret }, index) => {
        const { keyId, subjectRef } = secret;
        const own = wrapped[index];
        return own ? [{ secret, stored: { keyId, subjectRef, wrapped: own } }] : [];
      });
    } finally {
      for (const { bound } of drawn) bound.fill(0);
    }
  }
}

interface MadeKey {
  readonly secret: OpenedSecret;
  readonly stored: StoredKey;
}

/** A new secret, and what of it is to be wrapped: whoever gets it wipes it. */
function draw(subjectRef: string, keyId: string): { secret: OpenedSecret; bound: Uint8Array } {
  const bytes = randomBytes(SECRET_BYTES);
  const bound = bindSecret(bytes, keyIdToBytes(keyId));
  const secret = { keyId, subjectRef, secret: createSecretKey(bytes) };
  bytes.fill(0);
  return { secret, bound };
}
