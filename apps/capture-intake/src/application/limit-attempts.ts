import type { Clock } from '@absah/domain-kit';
import type { Transaction } from '@absah/messaging';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { CaptureIntakeConfig } from '../config.js';
import { admitAttempt, countFailure, isFailedAttempt, type AttemptPolicy } from '../domain/attempts.js';
import type { Change } from '../domain/case-progress.js';
import { refusal } from '../domain/errors.js';
import { AttemptBook, type Attempter } from './ports.js';

/** Pauses between attempts and how many there may be (V8), the same for whichever replica is asked. */
@Injectable()
export class LimitAttempts {
  private readonly policy: AttemptPolicy;
  private readonly windowMs: number;

  constructor(
    @Inject(AttemptBook) private readonly book: AttemptBook,
    @Inject(SERVICE_CONFIG) config: CaptureIntakeConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.policy = {
      pauseMs: config.ATTEMPT_PAUSE_SECONDS * 1000,
      perSession: config.ATTEMPTS_PER_SESSION,
      perIdentity: config.ATTEMPTS_PER_IDENTITY,
      sessionIdleMs: config.SESSION_IDLE_MINUTES * 60_000,
    };
    this.windowMs = config.ATTEMPT_WINDOW_HOURS * 3_600_000;
  }

  /** Before any work on the picture. A later one may be faster, so `admit` has the last word. */
  async precheck(attempter: Attempter): Promise<void> {
    await this.judge(attempter);
  }

  /** In the transaction that opens the case: of several at once, only as many pass as may. */
  async admit(tx: Transaction, attempter: Attempter): Promise<void> {
    await this.book.lock(tx, attempter);
    await this.judge(attempter, tx);
  }

  /** The change as it is, unless it is a failed attempt: that gets its pause, and the last one its end. */
  async count(tx: Transaction, attempter: Attempter, change: Change, at: Date): Promise<Change> {
    if (!isFailedAttempt(change)) return change;
    await this.book.lock(tx, attempter);
    const before = await this.book.standing(attempter, this.since(at), tx);
    return countFailure(change, before, this.policy, at);
  }

  private async judge(attempter: Attempter, tx?: Transaction): Promise<void> {
    const at = this.clock.now();
    const standing = await this.book.standing(attempter, this.since(at), tx);
    const admittance = admitAttempt(standing, this.policy, at);
    switch (admittance.kind) {
      case 'admitted':
        return;
      case 'session-ended':
        throw refusal('INTAKE.SESSION_ENDED');
      case 'assistance-needed':
        throw refusal('INTAKE.ASSISTANCE_NEEDED');
      case 'too-soon':
        throw refusal('INTAKE.ATTEMPT_TOO_SOON', { retryAfterSeconds: admittance.seconds });
      case 'too-many-open':
        throw refusal('INTAKE.ATTEMPTS_UNDECIDED');
    }
  }

  private since(at: Date): Date {
    return new Date(at.getTime() - this.windowMs);
  }
}
