export type Stage = 'decode' | 'detect' | 'align' | 'quality' | 'liveness' | 'embed';

/** Stages that a capture did not reach are absent. */
export type StageTimings = Readonly<Partial<Record<Stage, number>>>;

export class StageClock {
  readonly #timings: Partial<Record<Stage, number>> = {};
  #lastLap = performance.now();

  /** A stage that is gone through again takes the sum of both. */
  lap(stage: Stage): void {
    const now = performance.now();
    this.#timings[stage] = (this.#timings[stage] ?? 0) + now - this.#lastLap;
    this.#lastLap = now;
  }

  timings(): StageTimings {
    return { ...this.#timings };
  }
}
