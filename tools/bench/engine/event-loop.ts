import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface EventLoopResult {
  /** How late timers were: what this thread did, and what a busy machine made it wait for a core. */
  readonly p99DelayMs: number;
  readonly maxDelayMs: number;
  /** The most CPU that the thread used between two turns: what it did by itself, however busy the machine. */
  readonly longestTurnMs: number;
}

const TIMER_MS = 1;

/** Watches the event loop of this thread, which would serve requests meanwhile, while `work` runs. */
export async function watchEventLoop(work: () => Promise<unknown>): Promise<EventLoopResult> {
  const delay = monitorEventLoopDelay({ resolution: TIMER_MS });
  const turns = new LongestTurn();
  delay.enable();
  try {
    await work();
    return {
      p99DelayMs: beyondTimer(delay.percentile(99)),
      maxDelayMs: beyondTimer(delay.max),
      longestTurnMs: turns.longestMs,
    };
  } finally {
    delay.disable();
    turns.end();
  }
}

/** The histogram holds nanoseconds from tick to tick, thus also the tick itself. */
function beyondTimer(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - TIMER_MS);
}

class LongestTurn {
  longestMs = 0;
  #before = process.threadCpuUsage();
  readonly #timer = setInterval(() => this.#turn(), TIMER_MS);

  end(): void {
    clearInterval(this.#timer);
  }

  #turn(): void {
    const { user, system } = process.threadCpuUsage(this.#before);
    this.#before = process.threadCpuUsage();
    this.longestMs = Math.max(this.longestMs, (user + system) / 1000);
  }
}
