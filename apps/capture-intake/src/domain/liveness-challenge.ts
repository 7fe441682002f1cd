import type { Challenge } from '@absah/biometrics';

/** A challenge as one operator was given it. It is answered once, in time, by that operator. */
export interface IssuedChallenge extends Challenge {
  readonly challengeId: string;
  readonly operatorId: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly usedAt?: Date;
}

export type ChallengeRefusal =
  'INTAKE.CHALLENGE_UNKNOWN' | 'INTAKE.CHALLENGE_USED' | 'INTAKE.CHALLENGE_EXPIRED';

/** Why this challenge cannot be answered any more. Undefined when it can. */
export function refuseAnswer(
  challenge: IssuedChallenge | undefined,
  nonce: string,
  at: Date,
): ChallengeRefusal | undefined {
  if (challenge?.nonce !== nonce) return 'INTAKE.CHALLENGE_UNKNOWN';
  // Used before expired: whoever sends a request again should learn that it arrived the first time.
  if (challenge.usedAt) return 'INTAKE.CHALLENGE_USED';
  return challenge.expiresAt <= at ? 'INTAKE.CHALLENGE_EXPIRED' : undefined;
}
