import { PersonKeysStatusV1, RewrapPersonKeysV1, type PayloadOf, type ReplyOf } from '@absah/contracts';
import { Answer } from '@absah/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { RewrapKeys } from '../application/rewrap-keys.js';

/** For the command line of whoever runs the service: numbers and names of keys, never a key. */
@Controller()
export class KeyCustodyResponder {
  constructor(@Inject(RewrapKeys) private readonly rewrapKeys: RewrapKeys) {}

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
}
