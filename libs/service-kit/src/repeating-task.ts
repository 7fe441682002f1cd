interface RepeatingTaskOptions {
  /** A function is asked after each round. */
  readonly intervalMs: number | (() => number);
  readonly work: () => Promise<void>;
  /** A failed round is not the last one; whoever runs the service should know of it. */
  readonly onFailure: (error: unknown) => void;
}

/** Work that a replica repeats for as long as it runs. The pause begins when a round is over, so rounds never overlap. */
export class RepeatingTask {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: RepeatingTaskOptions) {}

  start(): void {
    if (this.stopped) return;
    const { intervalMs } = this.options;
    this.timer = setTimeout(
      () => {
        this.round = this.runOnce().finally(() => this.start());
      },
      typeof intervalMs === 'number' ? intervalMs : intervalMs(),
    );
  }

  /** Lets a round that is under way finish: nothing uses the database once this returns. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private async runOnce(): Promise<void> {
    try {
      await this.options.work();
    } catch (error) {
      this.options.onFailure(error);
    }
  }
}
