/** Repetitions kept in reserve for a quiet hour; more would be a stampede of their own. */
const MOST_SAVED = 10;

/**
 * Bounds the extra load of second tries to a share of the first ones (G4). When hardly anything fails
 * every failure is tried again; when everything fails, that share of the questions and no more.
 */
export class RetryBudget {
  private saved: number;

  /** @param share second tries per first try, 0 for none at all */
  constructor(private readonly share: number) {
    this.saved = share > 0 ? 1 : 0;
  }

  /** For every first try. */
  earn(): void {
    this.saved = Math.min(MOST_SAVED, this.saved + this.share);
  }

  /** False when there is nothing left for a second try. */
  spend(): boolean {
    if (this.saved < 1) return false;
    this.saved -= 1;
    return true;
  }
}
