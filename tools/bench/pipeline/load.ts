import type { Stage } from '@absah/contracts';
import { OperatorApp } from '../../laptop/tour/operator-app.js';
import { syntheticMsisdn } from '../../laptop/synthetic-numbers.js';
import type { SpawnedPlatform } from '../../laptop/spawn-platform.js';

export interface Work {
  readonly nik: string;
  readonly image: Uint8Array;
}

export interface Measured {
  readonly totalMs: number;
  readonly stagesMs: Partial<Record<Stage, number>>;
}

/** Closed loop: `concurrency` callers, each sending its next request when the last was decided. */
export async function runLoad(
  platform: SpawnedPlatform,
  work: readonly Work[],
  concurrency: number,
): Promise<{ readonly measured: readonly Measured[]; readonly seconds: number }> {
  const app = new OperatorApp(platform);
  const queue = [...work];
  const measured: Measured[] = [];
  const startedAt = performance.now();
  const caller = async (): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) measured.push(await verifyOne(app, next));
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  return { measured, seconds: (performance.now() - startedAt) / 1000 };
}

async function verifyOne(app: OperatorApp, { nik, image }: Work): Promise<Measured> {
  const startedAt = performance.now();
  const view = await app.verify({ nik, msisdn: syntheticMsisdn(), image });
  if (view.status !== 'approved') {
    throw new Error(
      `a verification ended ${view.status} (${view.reasons.map(({ code }) => code).join(', ')})`,
    );
  }
  return { totalMs: performance.now() - startedAt, stagesMs: view.stagesMs ?? {} };
}
