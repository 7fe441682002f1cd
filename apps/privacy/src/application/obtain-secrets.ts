import { randomBytes } from 'node:crypto';
import { uuidV7, type Clock } from '@absah/domain-kit';
import { keyIdToBytes } from '@absah/sealing';
import { CLOCK } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { bindSecret, SECRET_BYTES } from '../domain/bound-secret.js';
import { OpenSecrets } from './open-secrets.js';
import { OpenedSecrets, type OpenedSecret } from './opened-secrets.js';
import { KekProvider, PersonKeyStore, type StoredKey } from './ports.js';

type Found = OpenedSecret | undefined;

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
  async ofSubjects(subjectRefs: readonly string[]): Promise<readonly Found[]> {
    const known = new Map(subjectRefs.map((ref) => [ref, this.opened.ofSubject(ref)]));
    const unknown = [...known.keys()].filter((ref) => !known.get(ref));
    for (const secret of await this.opening.open(await this.storedOf(unknown))) {
      known.set(secret.subjectRef, secret);
    }
    return subjectRefs.map((ref) => known.get(ref));
  }

  /** In the order of the ids; undefined when the key was destroyed, never existed or does not open. */
  async byIds(keyIds: readonly string[]): Promise<readonly Found[]> {
    const known = new Map(keyIds.map((id) => [id, this.opened.ofId(id)]));
    const unknown = [...known.keys()].filter((id) => !known.get(id));
    const stored = unknown.length > 0 ? await this.store.byIds(unknown) : [];
    for (const secret of await this.opening.open(stored)) known.set(secret.keyId, secret);
    return keyIds.map((id) => known.get(id));
  }

  private async storedOf(subjectRefs: readonly string[]): Promise<readonly StoredKey[]> {
    if (subjectRefs.length === 0) return [];
    const stored = await this.store.ofSubjects(subjectRefs);
    const have = new Set(stored.map(({ subjectRef }) => subjectRef));
    const fresh = subjectRefs.filter((ref) => !have.has(ref));
    if (fresh.length === 0) return stored;
    await this.store.add(await this.make(fresh));
    // Read again: of two replicas that made a key for one person, the first one's counts.
    return [...stored, ...(await this.store.ofSubjects(fresh))];
  }

  private async make(subjectRefs: readonly string[]): Promise<readonly StoredKey[]> {
    const keyIds = subjectRefs.map(() => uuidV7(this.clock.now()));
    const bound = keyIds.map((keyId) => newSecret(keyId));
    try {
      const wrapped = await this.keks.wrap(bound);
      return subjectRefs.flatMap((subjectRef, index) => {
        const [keyId, own] = [keyIds[index], wrapped[index]];
        return keyId && own ? [{ keyId, subjectRef, wrapped: own }] : [];
      });
    } finally {
      for (const plain of bound) plain.fill(0);
    }
  }
}

function newSecret(keyId: string): Uint8Array {
  const secret = randomBytes(SECRET_BYTES);
  const bound = bindSecret(secret, keyIdToBytes(keyId));
  secret.fill(0);
  return bound;
}
