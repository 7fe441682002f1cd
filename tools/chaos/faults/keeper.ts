import { setTimeout as sleep } from 'node:timers/promises';
import type { PlatformPart } from '../../laptop/platform-part.js';
import type { PartName } from '../plan/plan.js';

const RESTART_AFTER_MS = 500;

/** Ended without being told to, or did not start again at once. */
export interface Mishap {
  readonly part: PartName;
  readonly atMs: number;
  readonly what: 'ended by itself' | 'did not start';
}

/** Starts again whatever ended, as an orchestrator does; also what ended by itself because another was gone. */
export class Keeper {
  readonly mishaps: Mishap[] = [];
  readonly #held = new Set<PartName>();
  readonly #watches: Promise<void>[] = [];
  #closed = false;

  constructor(
    private readonly parts: ReadonlyMap<PartName, PlatformPart>,
    private readonly elapsedMs: () => number,
  ) {
    for (const [name, part] of parts) this.#watches.push(this.#watch(name, part));
  }

  part(name: PartName): PlatformPart {
    const part = this.parts.get(name);
    if (!part) throw new Error(`no part is called ${name}`);
    return part;
  }

  /** Ends it, lets something happen while it is down, and resolves when it is ready again. */
  async whileDown(name: PartName, happen: () => Promise<void>): Promise<void> {
    const part = this.part(name);
    this.#held.add(name);
    try {
      await part.kill();
      await happen();
      await this.#start(name, part);
    } finally {
      this.#held.delete(name);
    }
  }

  /** From now on what ends stays down. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#watches);
  }

  async #watch(name: PartName, part: PlatformPart): Promise<void> {
    while (!this.#closed) {
      await sleep(RESTART_AFTER_MS);
      if (!part.isRunning && !this.#held.has(name)) await this.#startEnded(name, part);
    }
  }

  async #startEnded(name: PartName, part: PlatformPart): Promise<void> {
    this.mishaps.push({ part: name, atMs: this.elapsedMs(), what: 'ended by itself' });
    await this.#start(name, part);
  }

  async #start(name: PartName, part: PlatformPart): Promise<void> {
    while (!this.#closed) {
      try {
        return await part.start();
      } catch {
        this.mishaps.push({ part: name, atMs: this.elapsedMs(), what: 'did not start' });
        await sleep(RESTART_AFTER_MS);
      }
    }
  }
}
