import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from './operators.js';

export interface Load {
  readonly outcomes: readonly Outcome[];
  /** How long requests were sent. */
  readonly seconds: number;
  /** Decided in time, per second of the window: what was answered after the filling-up and before the end. */
  readonly goodput: number;
}

/** Until as much comes out as goes in; the same for both kinds of load, so that neither gains by its ends. */
const FILLING_UP_MS = 3_000;

/** The least that a refusal asks for. */
const REFUSED_PAUSE_MS = 1_000;

type Send = () => Promise<Outcome>;

/** Each caller sends its next request when the last one was answered: what the platform can do at most. */
export async function closedLoop(send: Send, callers: number, seconds: number): Promise<Load> {
  const meter = new Meter(seconds);
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  const caller = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      const outcome = await send();
      meter.note(outcome);
      if (outcome.fate === 'refused') await sleep(REFUSED_PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return meter.load((performance.now() - startedAt) / 1_000);
}

/** Requests come at their times, whether or not the earlier ones were answered. */
export async function openLoop(send: Send, perSecond: number, seconds: number): Promise<Load> {
  const meter = new Meter(seconds);
  const answers: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let number = 0; number < perSecond * seconds; number += 1) {
    const dueMs = startedAt + (number * 1_000) / perSecond - performance.now();
    if (dueMs > 0) await sleep(dueMs);
    answers.push(send().then((outcome) => meter.note(outcome)));
  }
  const sentWithin = (performance.now() - startedAt) / 1_000;
  await Promise.all(answers);
  return meter.load(Math.max(sentWithin, seconds));
}

class Meter {
  readonly #outcomes: Outcome[] = [];
  readonly #startedAt = performance.now();
  #inWindow = 0;

  constructor(private readonly seconds: number) {}

  note(outcome: Outcome): void {
    this.#outcomes.push(outcome);
    const elapsedMs = performance.now() - this.#startedAt;
    const isInWindow = elapsedMs >= FILLING_UP_MS && elapsedMs < this.seconds * 1_000;
    if (outcome.fate === 'in-time' && isInWindow) this.#inWindow += 1;
  }

  load(sentForSeconds: number): Load {
    const windowSeconds = this.seconds - FILLING_UP_MS / 1_000;
    return {
      outcomes: this.#outcomes,
      seconds: sentForSeconds,
      goodput: this.#inWindow / windowSeconds,
    };
  }
}
