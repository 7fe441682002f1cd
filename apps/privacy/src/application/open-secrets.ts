import { createSecretKey } from 'node:crypto';
import { keyIdToBytes } from '@absah/sealing';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { secretOf } from '../domain/bound-secret.js';
import { keyUnreadable } from '../domain/errors.js';
import { CheckKeks } from './check-keks.js';
import { OpenedSecrets, type OpenedSecret } from './opened-secrets.js';
import { KekProvider, type Refusal, type StoredKey, type Wrapped } from './ports.js';

/** From the wrapped form to the secret, and into memory. */
@Injectable()
export class OpenSecrets {
  constructor(
    @Inject(KekProvider) private readonly keks: KekProvider,
    @Inject(CheckKeks) private readonly checkKeks: CheckKeks,
    @Inject(OpenedSecrets) private readonly opened: OpenedSecrets,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** A key that does not open is left out and wakes somebody: it must not hold up the others. */
  async open(stored: readonly StoredKey[]): Promise<readonly OpenedSecret[]> {
    if (stored.length === 0) return [];
    const plain = await this.unwrap(stored.map(({ wrapped }) => wrapped));
    const secrets = stored.flatMap((key, index) => this.toSecret(key, plain[index]) ?? []);
    this.opened.keep(secrets);
    return secrets;
  }

  /**
   * Another replica may have met a newer KEK first; or this one has a wrong or outdated KEK, which says nothing about the
   * person. The check throws then, and the question is put off.
   */
  private async unwrap(wrapped: readonly Wrapped[]): Promise<readonly (Uint8Array | Refusal)[]> {
    const plain = await this.keks.unwrap(wrapped);
    if (plain.every((value) => value instanceof Uint8Array)) return plain;
    for (const value of plain) if (value instanceof Uint8Array) value.fill(0);
    await this.checkKeks.run();
    return this.keks.unwrap(wrapped);
  }

  private toSecret({ keyId, subjectRef }: StoredKey, bound: Uint8Array | Refusal | undefined) {
    const secret = bound instanceof Uint8Array ? secretOf(bound, keyIdToBytes(keyId)) : undefined;
    try {
      if (secret) return { keyId, subjectRef, secret: createSecretKey(secret) };
    } finally {
      if (bound instanceof Uint8Array) bound.fill(0);
    }
    const reason = typeof bound === 'string' ? bound : 'another key';
    this.logger.error('key of a person does not open', { reason, error: keyUnreadable(keyId) });
    return undefined;
  }
}
