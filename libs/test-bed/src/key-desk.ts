import { createSecretKey, randomBytes } from 'node:crypto';
import { uuidV7 } from '@absah/domain-kit';
import { sealKeyReply, type Found, type KeyQuery, type PersonSecret } from '@absah/person-keys';
import { derivePurposeKey, keyIdOf, PersonKey, type KeyPurpose } from '@absah/sealing';
import type { EventBus } from './event-bus.js';

type Answering = 'answers' | 'is silent';

/** Plays privacy for the service under test, and holds the keys that the other services would have. */
export class KeyDesk {
  private readonly transportKey = randomBytes(32);
  private readonly bySubject = new Map<string, PersonSecret>();
  private readonly byId = new Map<string, Found<PersonSecret>>();
  private state: Answering = 'answers';
  /** How often it was asked. */
  questions = 0;

  /** What the service under test is to be started with. */
  get settings(): { readonly TRANSPORT_KEY: string } {
    return { TRANSPORT_KEY: this.transportKey.toString('base64') };
  }

  serve(bus: EventBus, query: KeyQuery): void {
    bus.connection.subscribe(query.contract.subject, {
      callback: (_error, message) => {
        this.questions += 1;
        if (this.state === 'is silent') return;
        const question = message.json<{ nonce: string; subjectRefs?: string[]; keyIds?: string[] }>();
        const secrets = question.subjectRefs?.map((ref) => this.secretOf(ref));
        const found = secrets ?? question.keyIds?.map((id) => this.byId.get(id)) ?? [];
        const { nonce } = question;
        const sealed = sealKeyReply(query, { transportKey: this.transportKey, nonce }, found);
        message.respond(JSON.stringify({ sealed }));
      },
    });
  }

  let(state: Answering): void {
    this.state = state;
  }

  keyOf(subjectRef: string, purpose: KeyPurpose): PersonKey {
    return keyFrom(this.secretOf(subjectRef), purpose);
  }

  /** The key that a value was sealed under. */
  keyOfValue(sealed: Uint8Array, purpose: KeyPurpose): PersonKey {
    const held = this.byId.get(keyIdOf(sealed));
    if (!held || held === 'destroyed') throw new Error('the value was sealed under a key of somebody else');
    return keyFrom(held, purpose);
  }

  /** As on request of the person. */
  destroy(subjectRef: string): void {
    this.byId.set(this.secretOf(subjectRef).keyId, 'destroyed');
    this.bySubject.delete(subjectRef);
  }

  private secretOf(subjectRef: string): PersonSecret {
    const known = this.bySubject.get(subjectRef);
    if (known) return known;
    const made = { keyId: uuidV7(), secret: createSecretKey(randomBytes(32)) };
    this.bySubject.set(subjectRef, made);
    this.byId.set(made.keyId, made);
    return made;
  }
}

function keyFrom({ keyId, secret }: PersonSecret, purpose: KeyPurpose): PersonKey {
  return new PersonKey(keyId, purpose, derivePurposeKey(secret, purpose));
}
