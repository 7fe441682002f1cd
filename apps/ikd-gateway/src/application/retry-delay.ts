import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { IkdGatewayConfig } from '../config.js';
import { delayBeforeRetry } from '../domain/back-off.js';

@Injectable()
export class RetryDelay {
  constructor(@Inject(SERVICE_CONFIG) private readonly config: IkdGatewayConfig) {}

  /** At least as long as the registry asked for. */
  after(attempts: number, retryAfterMs = 0): number {
    const policy = {
      firstDelayMs: this.config.PARK_FIRST_DELAY_MS,
      longestDelayMs: this.config.PARK_LONGEST_DELAY_MS,
    };
    return Math.max(retryAfterMs, delayBeforeRetry(attempts, Math.random(), policy));
  }
}
