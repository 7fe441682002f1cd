import type { Clock } from '@absah/domain-kit';
import { CLOCK } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { ChallengeStore } from './ports.js';

/** Long enough to tell whoever asks that a challenge was used, and not that there never was one. */
const KEPT_MS = 24 * 60 * 60 * 1000;

@Injectable()
export class ForgetChallenges {
  constructor(
    @Inject(ChallengeStore) private readonly challenges: ChallengeStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  run(): Promise<void> {
    return this.challenges.forget(new Date(this.clock.now().getTime() - KEPT_MS));
  }
}
