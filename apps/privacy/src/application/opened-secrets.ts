import type { PersonSecret } from '@absah/person-keys';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { PrivacyConfig } from '../config.js';

export interface OpenedSecret extends PersonSecret {
  readonly subjectRef: string;
}

/** For the seconds in which the steps of one verification ask for the same person. */
@Injectable()
export class OpenedSecrets implements OnApplicationShutdown {
  private readonly bySubject: LRUCache<string, OpenedSecret>;
  private readonly byId: LRUCache<string, OpenedSecret>;

  constructor(@Inject(SERVICE_CONFIG) config: PrivacyConfig) {
    const limits = {
      max: config.KEY_CACHE_ENTRIES,
      ttl: config.KEY_CACHE_SECONDS * 1000,
      ttlAutopurge: true,
    };
    this.bySubject = new LRUCache(limits);
    this.byId = new LRUCache(limits);
  }

  keep(secrets: readonly OpenedSecret[]): void {
    for (const secret of secrets) {
      this.bySubject.set(secret.subjectRef, secret);
      this.byId.set(secret.keyId, secret);
    }
  }

  ofSubject(subjectRef: string): OpenedSecret | undefined {
    return this.bySubject.get(subjectRef);
  }

  ofId(keyId: string): OpenedSecret | undefined {
    return this.byId.get(keyId);
  }

  forget(subjectRef: string): void {
    const known = this.bySubject.get(subjectRef);
    if (known) this.byId.delete(known.keyId);
    this.bySubject.delete(subjectRef);
  }

  onApplicationShutdown(): void {
    this.bySubject.clear();
    this.byId.clear();
  }
}
