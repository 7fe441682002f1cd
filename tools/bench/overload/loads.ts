import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from './operators.js';

export interface Load {
  readonly outcomes: readonly Outcome[];
  readonly seconds: number;
}

/** The least that a refusal asks for. */
const REFUSED_PAUSE_MS = 1_000;

type Send = () => Promise<Outcome>;

/** Each caller sends its next request when the last one was answered: what the platform can do at most. */
export async function closedLoop(send: Send, callers: number, seconds: number): Promise<Load> {
  const outcomes: Outcome[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  const caller = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      const outcome = await send();
      outcomes.push(outcome);
      if (outcome.fate === 'refused') await sleep(REFUSED_PAUSE_MS);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { outcomes, seconds: (performance.now() - startedAt) / 1_000 };
}

/** Requests come at their times, whether or not the earlier ones were answered. */
export async function openLoop(send: Send, perSecond: number, seconds: number): Promise<Load> {
  const answers: Promise<Outcome>[] = [];
  const startedAt = performance.now();
  for (let number = 0; number < perSecond * seconds; number += 1) {
    const dueMs = startedAt + (number * 1_000) / perSecond - performance.now();
    if (dueMs > 0) await sleep(dueMs);
    answers.push(send());
  }
  const sentWithin = (performance.now() - startedAt) / 1_000;
  return { outcomes: await Promise.all(answers), seconds: Math.max(sentWithin, seconds) };
}
