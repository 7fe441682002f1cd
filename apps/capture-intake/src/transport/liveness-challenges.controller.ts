import { FLASH_MS, movementInstructions } from '@absah/biometrics';
import { MOST_FRAMES, type LivenessChallengeView } from '@absah/contracts';
import { Controller, Inject, Post } from '@nestjs/common';
import { IssueChallenge } from '../application/issue-challenge.js';
import type { IssuedChallenge } from '../domain/liveness-challenge.js';
import { DescribesChallenges, DescribesIssue } from '../openapi/describe-challenges.js';
import { CallingOperator } from './admission.js';

@Controller('v1/liveness-challenges')
@DescribesChallenges()
export class LivenessChallengesController {
  constructor(@Inject(IssueChallenge) private readonly issuing: IssueChallenge) {}

  @Post()
  @DescribesIssue()
  async issue(@CallingOperator() operatorId: string): Promise<LivenessChallengeView> {
    return toView(await this.issuing.issue(operatorId));
  }
}

function toView({
  challengeId,
  nonce,
  movements,
  colours,
  expiresAt,
}: IssuedChallenge): LivenessChallengeView {
  return {
    challengeId,
    nonce,
    movements: [...movements],
    colours: [...colours],
    flashMs: FLASH_MS,
    maxFrames: MOST_FRAMES,
    expiresAt: expiresAt.toISOString(),
    instructions: movements.map((movement) => movementInstructions[movement]),
  };
}
