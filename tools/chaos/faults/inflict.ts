import { setTimeout as sleep } from 'node:timers/promises';
import type { RegistryScript } from '../clients/registry-script.js';
import type { ChaosPlan, Fault } from '../plan/plan.js';
import type { Keeper } from './keeper.js';

export interface InflictedFault {
  readonly fault: Fault;
  readonly atMs: number;
  /** When it was over: started again and ready, going on, answering. */
  readonly overMs: number;
}

export interface Inflictor {
  readonly keeper: Keeper;
  readonly script: RegistryScript;
  readonly loseStore: () => Promise<void>;
  readonly elapsedMs: () => number;
}

/** One after the other: the next waits for the last to be over. */
export async function inflictAll(
  inflictor: Inflictor,
  plan: ChaosPlan,
  tell: (inflicted: InflictedFault) => void,
): Promise<readonly InflictedFault[]> {
  const inflicted: InflictedFault[] = [];
  for (const { atMs, fault } of plan.faults) {
    await sleep(Math.max(0, atMs - inflictor.elapsedMs()));
    const begunMs = inflictor.elapsedMs();
    await inflict(inflictor, fault);
    const done = { fault, atMs: begunMs, overMs: inflictor.elapsedMs() };
    inflicted.push(done);
    tell(done);
  }
  return inflicted;
}

/** Until enough lies in the broker that has not been taken. */
const FALLING_BEHIND_MS = 3_000;

async function inflict(inflictor: Inflictor, fault: Fault): Promise<void> {
  const { keeper, script } = inflictor;
  const pass = async (): Promise<void> => sleep(fault.downMs);
  switch (fault.kind) {
    case 'kill':
      return keeper.whileDown(fault.part, pass);
    case 'lose-store':
      return loseStoreWhileBehind(inflictor, fault);
    case 'pause': {
      const part = keeper.part(fault.part);
      await part.pause();
      await pass();
      return part.resume();
    }
    case 'hang':
    case 'refuse':
      await script.fail(fault.kind, fault.downMs);
      return pass();
  }
}

/** Paused they would still find in their connections what was on its way: they are down meanwhile. */
async function loseStoreWhileBehind(
  inflictor: Inflictor,
  { part, behind, downMs }: Extract<Fault, { kind: 'lose-store' }>,
): Promise<void> {
  const { keeper, loseStore } = inflictor;
  const [service, ...others] = behind;
  if (service) {
    return keeper.whileDown(service, () =>
      loseStoreWhileBehind(inflictor, { kind: 'lose-store', part, behind: others, downMs }),
    );
  }
  await sleep(FALLING_BEHIND_MS);
  await keeper.whileDown(part, async () => {
    await loseStore();
    await sleep(downMs);
  });
}
