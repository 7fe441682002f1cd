import { Inject, Injectable } from '@nestjs/common';
import { IdempotencyStore } from './idempotency.js';

const BATCH = 1_000;

@Injectable()
export class ForgetIdempotencyKeys {
  constructor(@Inject(IdempotencyStore) private readonly keys: IdempotencyStore) {}

  async run(): Promise<void> {
    while ((await this.keys.forget(BATCH)) === BATCH);
  }
}
