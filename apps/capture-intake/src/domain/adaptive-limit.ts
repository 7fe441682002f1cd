export interface LimitBounds {
  /** A case that takes longer than this, from admission to decision, says that there are too many. */
  readonly targetMs: number;
  readonly least: number;
  readonly most: number;
}

export interface Observation {
  readonly admittedAt: number;
  readonly decidedAt: number;
  /** How many there were until this one left. */
  readonly underWay: number;
}

/** Few enough not to be late where it is not known yet how fast the other services are. */
const INITIAL = 32;
/** Nothing decided for so long: nobody works, which fewer cases would not mend. */
const OUTAGE_IN_TARGETS = 2;
/** How much of the limit is left after a case that was a little late, and after one that was very late. */
const LEFT = { most: 0.85, least: 0.5 };

/**
 * How many cases may be under way at once, learnt from how long each one took: additive increase,
 * multiplicative decrease, as TCP does. With the rate at which cases are decided it fixes the time
 * that the last of them waits, whatever that rate is and however many replicas admit cases.
 */
export class AdaptiveLimit {
  #limit: number;
  #loweredAt = Number.NEGATIVE_INFINITY;
  #decidedAt = Number.NEGATIVE_INFINITY;
  /** Since when cases have been decided without a long pause. */
  #movingSince = Number.NEGATIVE_INFINITY;

  constructor(private readonly bounds: LimitBounds) {
    this.#limit = this.within(INITIAL);
  }

  get current(): number {
    return Math.floor(this.#limit);
  }

  observe({ admittedAt, decidedAt, underWay }: Observation): void {
    this.noteMovement(decidedAt);
    // What was admitted before says nothing about the limit of now, and what an outage held up nothing about any.
    if (admittedAt <= Math.max(this.#loweredAt, this.#movingSince)) return;
    const share = this.bounds.targetMs / (decidedAt - admittedAt);
    if (share < 1) this.lower(share, decidedAt);
    // A limit that nobody comes near was not tried; below the initial one it need not be.
    else if (underWay * 2 >= this.#limit || this.#limit < INITIAL) this.raise(share);
  }

  private noteMovement(decidedAt: number): void {
    if (decidedAt - this.#decidedAt > this.bounds.targetMs * OUTAGE_IN_TARGETS) this.#movingSince = decidedAt;
    this.#decidedAt = decidedAt;
  }

  /** Far from the target it doubles per round trip, so that it is back soon after an outage; near it goes in steps. */
  private raise(share: number): void {
    this.#limit = this.within(this.#limit + (share > 2 ? 1 : 1 / this.#limit));
  }

  /** At the same rate, `share` of the cases would have been in time. */
  private lower(share: number, at: number): void {
    this.#limit = this.within(this.#limit * Math.min(LEFT.most, Math.max(LEFT.least, share)));
    this.#loweredAt = at;
  }

  private within(limit: number): number {
    return Math.min(this.bounds.most, Math.max(this.bounds.least, limit));
  }
}
