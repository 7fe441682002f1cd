import { FLASH_MS, movementInstructions } from '@absah/biometrics';
import { MOST_FRAMES, type LivenessChallengeView } from '@absah/contracts';
import { Controller, HttpStatus, Inject, Post } from '@nestjs/common';
import { IssueChallenge } from '../application/issue-challenge.js';
import type { IssuedChallenge } from '../domain/liveness-challenge.js';
import { DescribesChallenges, DescribesIssue } from '../openapi/describe-challenges.js';
import { CallingOperator } from './admission.js';
import { RequestClaim, type Claim } from './idempotency/claim.js';
import { Idempotent } from './idempotency/idempotent.js';

@Controller('v1/liveness-challenges')
@DescribesChallenges()
export class LivenessChallengesController {
  constructor(@Inject(IssueChallenge) private readonly issuing: IssueChallenge) {}

  @Post()
  @Idempotent()
  @DescribesIssue()
  async issue(
    @CallingOperator() operatorId: string,
    @RequestClaim() claim: Claim,
  ): Promise<LivenessChallengeView> {
    const issued = await this.issuing.issue(operatorId, (tx, challenge) =>
      claim.keep(tx, { status: HttpStatus.CREATED, headers: {}, body: toView(challenge) }),
    );
    return toView(issued);
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
