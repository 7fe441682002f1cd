/** Counts free places; `acquire` waits for one. First come, first served. */
export class Permits {
  private readonly waiting: (() => void)[] = [];
  private readonly idle: (() => void)[] = [];
  private taken = 0;

  constructor(private readonly limit: number) {}

  async acquire(): Promise<void> {
    if (this.taken < this.limit) {
      this.taken += 1;
      return;
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  release(): void {
    const next = this.waiting.shift();
    if (next) return next();
    this.taken -= 1;
    if (this.taken === 0) for (const resolve of this.idle.splice(0)) resolve();
  }

  /** Resolves when every place is free. */
  async allReleased(): Promise<void> {
    if (this.taken > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }
}
