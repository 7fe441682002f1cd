import type { Clock } from '@absah/domain-kit';
import type { Transaction } from '@absah/messaging';
import { CLOCK } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { refusal } from '../domain/errors.js';
import { refuseAnswer, type IssuedChallenge } from '../domain/liveness-challenge.js';
import type { Answer } from './burst.js';
import { ChallengeStore } from './ports.js';

@Injectable()
export class AnswerChallenge {
  constructor(
    @Inject(ChallengeStore) private readonly challenges: ChallengeStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Before anything is stored. Throws what stands in the way. */
  async admit({ challengeId, nonce }: Answer, operatorId: string): Promise<IssuedChallenge> {
    const challenge = await this.challenges.find(challengeId, operatorId);
    const refused = refuseAnswer(challenge, nonce, this.clock.now());
    if (!challenge || refused) throw refusal(refused ?? 'INTAKE.CHALLENGE_UNKNOWN');
    return challenge;
  }

  /** With the case that answers it: of two requests that were both admitted, one gets here first. */
  async use(tx: Transaction, { challengeId }: IssuedChallenge, caseId: string): Promise<void> {
    const isFirst = await this.challenges.use(tx, challengeId, caseId, this.clock.now());
    if (!isFirst) throw refusal('INTAKE.CHALLENGE_USED');
  }
}
