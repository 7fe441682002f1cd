import { setTimeout as sleep } from 'node:timers/promises';
import type { ChaosPlan, PlannedVisit } from '../plan/plan.js';
import type { People } from './people.js';
import type { RegistryScript } from './registry-script.js';
import { visit, type Counter } from './visit.js';

/** How long the registry does not answer about a person who comes to be parked. */
const PARKED_FOR_MS = 4_000;

/** Lets people come when the plan says so, whether or not those before them were served. */
export class OpenLoop {
  readonly #visits: Promise<void>[] = [];

  constructor(
    private readonly counter: Counter,
    private readonly people: People,
    private readonly script: RegistryScript,
  ) {}

  /** Resolves when the last one has come: as soon as it is enough, but not before the plan says so. */
  async run(plan: ChaosPlan, elapsedMs: () => number, enough: AbortSignal): Promise<void> {
    for (const [index, planned] of plan.visits.entries()) {
      const overdue = planned.atMs > plan.lastsMs;
      const waited = sleep(Math.max(0, planned.atMs - elapsedMs()), true, overdue ? { signal: enough } : {});
      if (!(await waited.catch(() => false))) return;
      this.#visits.push(this.#receive(planned, index));
    }
  }

  /** Resolves when the last one has left. */
  async emptied(): Promise<void> {
    await Promise.all(this.#visits);
  }

  async #receive(planned: PlannedVisit, index: number): Promise<void> {
    const submission = this.people.submissionOf(planned, index);
    await this.people.isKnown(planned.person);
    if (planned.kind !== 'parked') return visit(this.counter, planned, submission);
    await this.script.silence(submission.nik);
    await Promise.all([
      visit(this.counter, planned, submission),
      sleep(PARKED_FOR_MS).then(() => this.script.restore(submission.nik)),
    ]);
  }
}
