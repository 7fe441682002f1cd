import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { kekActive, keyUnreadable } from '../domain/errors.js';
import { CheckKeks } from './check-keks.js';
import { KekProvider, PersonKeyStore, type KeyCounts, type StoredKey, type WrappedAnew } from './ports.js';

export interface RewrapStep {
  readonly kekId: string;
  readonly after: string | undefined;
  readonly limit: number;
}

export interface RewrapProgress {
  readonly rewrapped: number;
  readonly unreadable: number;
  /** The last key that was looked at; undefined when there is none behind it. */
  readonly next: string | undefined;
}

/**
 * Moves keys of persons from an old KEK under the active one, a batch at a time. What is done is in the rows, so it may be
 * killed anywhere, begun anew, or run twice at once.
 */
@Injectable()
export class RewrapKeys {
  constructor(
    @Inject(PersonKeyStore) private readonly store: PersonKeyStore,
    @Inject(KekProvider) private readonly keks: KekProvider,
    @Inject(CheckKeks) private readonly checkKeks: CheckKeks,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** With the active KEK of this moment, not of the last look at the provider. */
  async status(): Promise<KeyCounts & { readonly active: string }> {
    await this.checkKeks.run();
    return { ...(await this.store.count()), active: await this.keks.activeKekId() };
  }

  async step({ kekId, after, limit }: RewrapStep): Promise<RewrapProgress> {
    await this.checkKeks.run();
    if (kekId === (await this.keks.activeKekId())) throw kekActive(kekId);
    const stored = await this.store.underKek(kekId, after, limit);
    const changes = await this.wrapAnew(stored);
    const rewrapped = changes.length > 0 ? await this.store.replaceWrapped(changes) : 0;
    if (rewrapped > 0) this.logger.info('keys of persons re-wrapped', { count: rewrapped });
    const next = stored.length === limit ? stored.at(-1)?.keyId : undefined;
    return { rewrapped, unreadable: stored.length - changes.length, next };
  }

  private async wrapAnew(stored: readonly StoredKey[]): Promise<readonly WrappedAnew[]> {
    const answers = await this.keks.rewrap(stored.map(({ wrapped }) => wrapped));
    return stored.flatMap((from, index) => {
      const to = answers[index];
      if (to !== undefined && typeof to !== 'string') return [{ from, to }];
      this.logger.error('key of a person does not open', { reason: to, error: keyUnreadable(from.keyId) });
      return [];
    });
  }
}
