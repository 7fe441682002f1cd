import { randomBytes, randomInt } from 'node:crypto';
import { drawChallenge } from '@absah/biometrics';
import { uuidV7, type Clock } from '@absah/domain-kit';
import { UnitOfWork } from '@absah/messaging';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { CaptureIntakeConfig } from '../config.js';
import { refusal } from '../domain/errors.js';
import type { IssuedChallenge } from '../domain/liveness-challenge.js';
import { keepNothing, type BeforeCommit } from './idempotency.js';
import { ChallengeStore } from './ports.js';

const NONCE_BYTES = 16;
/** 34 sequences of four movements, 68 of five; done within ten seconds. */
const MOVEMENTS = 3;

@Injectable()
export class IssueChallenge {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ChallengeStore) private readonly challenges: ChallengeStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SERVICE_CONFIG)
    private readonly config: Pick<
      CaptureIntakeConfig,
      'MOST_OPEN_CHALLENGES' | 'CHALLENGE_LIFETIME_MS' | 'CHALLENGE_COLOURS' | 'CHALLENGE_MOVEMENTS'
    >,
  ) {}

  async issue(
    operatorId: string,
    beforeCommit: BeforeCommit<IssuedChallenge> = keepNothing,
  ): Promise<IssuedChallenge> {
    const challenge = this.draw(operatorId);
    await this.unitOfWork.run(async (tx) => {
      const isIssued = await this.challenges.insert(tx, challenge, this.config.MOST_OPEN_CHALLENGES);
      if (!isIssued) throw refusal('INTAKE.TOO_MANY_CHALLENGES');
      await beforeCommit(tx, challenge);
    });
    return challenge;
  }

  private draw(operatorId: string): IssuedChallenge {
    const issuedAt = this.clock.now();
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    return {
      ...drawChallenge((most) => randomInt(most), nonce, {
        movementCount: MOVEMENTS,
        colourCount: this.config.CHALLENGE_COLOURS,
        among: this.config.CHALLENGE_MOVEMENTS,
      }),
      challengeId: uuidV7(issuedAt),
      operatorId,
      issuedAt,
      expiresAt: new Date(issuedAt.getTime() + this.config.CHALLENGE_LIFETIME_MS),
    };
  }
}
