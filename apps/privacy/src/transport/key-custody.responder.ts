import {
  DestroyPersonKeyV1,
  PersonKeysStatusV1,
  RewrapPersonKeysV1,
  type PayloadOf,
  type ReplyOf,
} from '@absah/contracts';
import { Answer } from '@absah/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { DestroyKey } from '../application/destroy-key.js';
import { RewrapKeys } from '../application/rewrap-keys.js';

/** For the command line of whoever runs the service: numbers and names of keys, never a key. */
@Controller()
export class KeyCustodyResponder {
  constructor(
    @Inject(RewrapKeys) private readonly rewrapKeys: RewrapKeys,
    @Inject(DestroyKey) private readonly destroyKey: DestroyKey,
  ) {}

  @Answer(PersonKeysStatusV1)
  async status(): Promise<ReplyOf<typeof PersonKeysStatusV1>> {
    const { active, byKek, destroyedCount } = await this.rewrapKeys.status();
    return { active, keks: [...byKek], destroyedCount };
  }

  @Answer(RewrapPersonKeysV1)
  async rewrap(
    @Payload() { kekId, after, limit }: PayloadOf<typeof RewrapPersonKeysV1>,
  ): Promise<ReplyOf<typeof RewrapPersonKeysV1>> {
    const { next, ...counts } = await this.rewrapKeys.step({ kekId, after, limit });
    return next === undefined ? counts : { ...counts, next };
  }

  @Answer(DestroyPersonKeyV1)
  async destroy(
    @Payload() order: PayloadOf<typeof DestroyPersonKeyV1>,
  ): Promise<ReplyOf<typeof DestroyPersonKeyV1>> {
    const destroyed = await this.destroyKey.destroy(order);
    if (!destroyed) return { kind: 'missing' };
    return { kind: 'destroyed', keyId: destroyed.keyId, destroyedAt: destroyed.destroyedAt.toISOString() };
  }
}
