import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Nik } from '@absah/domain-kit';
import { Sealer } from '@absah/sealing';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { DukcapilSandboxConfig } from '../config.js';

const KEY_BYTES = 32;

/** Seals what the sandbox stores and names it by keyed digests, so that its files tell nothing. */
@Injectable()
export class Vault {
  private readonly sealer: Sealer;
  private readonly indexKey: KeyObject;

  constructor(@Inject(SERVICE_CONFIG) config: DukcapilSandboxConfig) {
    const key = config.SANDBOX_KEY.reveal();
    this.sealer = new Sealer('sandbox', key);
    // A key of its own: one that seals should not also authenticate.
    this.indexKey = createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'sandbox-index', KEY_BYTES)));
  }

  nikIndex(nik: Nik): string {
    return this.digest('nik', nik);
  }

  digest(...parts: readonly string[]): string {
    return createHmac('sha256', this.indexKey).update(parts.join('\0')).digest('hex');
  }

  seal(plaintext: Uint8Array | string, context: string): Buffer {
    return Buffer.from(this.sealer.seal(Buffer.from(plaintext), context));
  }

  open(sealed: Uint8Array, context: string): Uint8Array {
    return this.sealer.open(sealed, context);
  }

  openText(sealed: Uint8Array, context: string): string {
    return Buffer.from(this.open(sealed, context)).toString('utf8');
  }
}
