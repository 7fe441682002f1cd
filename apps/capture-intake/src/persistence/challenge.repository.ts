import type { Transaction } from '@absah/messaging';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ChallengeStore } from '../application/ports.js';
import type { IssuedChallenge } from '../domain/liveness-challenge.js';

interface ChallengeRow {
  readonly id: string;
  readonly operator_id: string;
  readonly nonce: string;
  readonly movements: IssuedChallenge['movements'];
  readonly colours: IssuedChallenge['colours'];
  readonly issued_at: Date;
  readonly expires_at: Date;
  readonly used_at: Date | null;
}

@Injectable()
export class ChallengeRepository extends ChallengeStore {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async insert({ manager }: Transaction, challenge: IssuedChallenge, mostOpen: number): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO liveness_challenges (id, operator_id, nonce, movements, colours, issued_at, expires_at)
       SELECT $1, $2, $3, $4, $5, $6, $7
       WHERE (SELECT count(*) FROM liveness_challenges
              WHERE operator_id = $2 AND used_at IS NULL AND expires_at > $6) < $8
       RETURNING 1`,
      [
        challenge.challengeId,
        challenge.operatorId,
        challenge.nonce,
        challenge.movements,
        challenge.colours,
        challenge.issuedAt,
        challenge.expiresAt,
        mostOpen,
      ],
    );
    return rows.length === 1;
  }

  async find(challengeId: string, operatorId: string): Promise<IssuedChallenge | undefined> {
    const rows = await this.dataSource.query<ChallengeRow[]>(
      'SELECT * FROM liveness_challenges WHERE id = $1 AND operator_id = $2',
      [challengeId, operatorId],
    );
    return rows[0] && toChallenge(rows[0]);
  }

  async use({ manager }: Transaction, challengeId: string, caseId: string, at: Date): Promise<boolean> {
    const [, count] = await manager.query<[unknown[], number]>(
      'UPDATE liveness_challenges SET used_at = $2, case_id = $3 WHERE id = $1 AND used_at IS NULL',
      [challengeId, at, caseId],
    );
    return count === 1;
  }

  async forget(expiredBefore: Date): Promise<void> {
    await this.dataSource.query('DELETE FROM liveness_challenges WHERE expires_at < $1', [expiredBefore]);
  }
}

function toChallenge(row: ChallengeRow): IssuedChallenge {
  return {
    challengeId: row.id,
    operatorId: row.operator_id,
    nonce: row.nonce,
    movements: row.movements,
    colours: row.colours,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    ...(row.used_at && { usedAt: row.used_at }),
  };
}
