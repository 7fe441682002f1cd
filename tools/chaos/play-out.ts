import { setTimeout as sleep } from 'node:timers/promises';
import type { ServicePart } from '../laptop/many-processes-host.js';
import type { PlatformPart } from '../laptop/platform-part.js';
import type { Platform } from '../laptop/platform.js';
import { ClientBook, type ToldRequest } from './clients/client-book.js';
import { OpenLoop } from './clients/open-loop.js';
import { OperatorLine } from './clients/operator-line.js';
import type { People } from './clients/people.js';
import { RegistryScript } from './clients/registry-script.js';
import { recordEmissions } from './evidence/emission-record.js';
import { readEvidence } from './evidence/read-evidence.js';
import { RegisteredNumbers } from './evidence/registered-numbers.js';
import { inflictAll, type InflictedFault } from './faults/inflict.js';
import { Keeper, type Mishap } from './faults/keeper.js';
import { CALM_MS } from './plan/make-plan.js';
import { ALL_SERVICES, type ChaosPlan, type PartName } from './plan/plan.js';
import { faultLine } from './report/table.js';
import { settle, type Settled } from './settle.js';

/** What was done, what clients were told, and what was found once it was quiet. */
export interface Played {
  readonly requests: readonly ToldRequest[];
  readonly faults: readonly InflictedFault[];
  readonly mishaps: readonly Mishap[];
  readonly settled: Settled;
}

interface Pace {
  readonly patienceMs: number;
  readonly tell: (line: string) => void;
}

/** How long clients wait for their answers after the last one came. */
const CLOSING_AFTER_MS = 60_000;
/** Known to the registry before the first one comes. */
const KNOWN_EARLY = 40;

/** Lets people come and processes die as planned, then waits for quiet. */
export async function playOut(
  platform: Platform<ServicePart>,
  plan: ChaosPlan,
  people: People,
  { patienceMs, tell }: Pace,
): Promise<Played> {
  await recordEmissions(platform.infrastructure.addresses.databaseUrls);
  const closing = new AbortController();
  const script = new RegistryScript(platform, closing.signal);
  const enrolling = people.enrolAll(plan, script);
  const lastEarly = plan.visits.slice(0, KNOWN_EARLY).at(-1);
  if (lastEarly) await people.isKnown(lastEarly.person);
  tell(`${plan.faults.length} faults are planned, seed ${plan.seed}`);
  const startedAt = performance.now();
  const elapsedMs = (): number => performance.now() - startedAt;
  const keeper = new Keeper(partsOf(platform), elapsedMs);
  const book = new ClientBook(elapsedMs);
  try {
    const line = new OperatorLine(platform.urls['capture-intake'], platform.secrets['operator-api-key']);
    const loop = new OpenLoop({ line, book, closing: closing.signal }, people, script);
    const faults = await underLoad(platform, plan, loop, { keeper, script, elapsedMs, tell });
    tell('the last visitor has come; waiting for quiet');
    setTimeout(() => closing.abort(), CLOSING_AFTER_MS).unref();
    await loop.emptied();
    const numbers = new RegisteredNumbers(platform, visitorsOf(plan, people));
    const settled = await settle(() => readEvidence(platform, book.requests, numbers), patienceMs, tell);
    return { requests: book.requests, faults, mishaps: keeper.mishaps, settled };
  } finally {
    closing.abort();
    await Promise.all([enrolling, keeper.close()]);
  }
}

interface Load {
  readonly keeper: Keeper;
  readonly script: RegistryScript;
  readonly elapsedMs: () => number;
  readonly tell: (line: string) => void;
}

async function underLoad(
  platform: Platform<ServicePart>,
  plan: ChaosPlan,
  loop: OpenLoop,
  { keeper, script, elapsedMs, tell }: Load,
): Promise<readonly InflictedFault[]> {
  const enough = new AbortController();
  const loseStore = () => platform.infrastructure.nats.loseStore();
  const tellFault = ({ fault, atMs, overMs }: InflictedFault): void => {
    const [at, down] = [atMs, overMs - atMs].map((ms) => (ms / 1000).toFixed(1));
    tell(`${at?.padStart(6) ?? ''} s  ${faultLine(fault)} for ${down ?? ''} s`);
  };
  const inflicting = async (): Promise<readonly InflictedFault[]> => {
    const faults = await inflictAll({ keeper, script, loseStore, elapsedMs }, plan, tellFault);
    await sleep(CALM_MS);
    enough.abort();
    return faults;
  };
  const [faults] = await Promise.all([inflicting(), loop.run(plan, elapsedMs, enough.signal)]);
  return faults;
}

function partsOf(platform: Platform<ServicePart>): ReadonlyMap<PartName, PlatformPart> {
  const { nats, postgres } = platform.infrastructure;
  return new Map<PartName, PlatformPart>([
    ['nats', nats],
    ['postgres', postgres],
    ...ALL_SERVICES.map((name) => [name, platform.services[name]] as const),
  ]);
}

function visitorsOf(plan: ChaosPlan, people: People) {
  return plan.visits.map((planned, index) => {
    const { id, nik, msisdn } = people.submissionOf(planned, index);
    return { requestId: id, nik, msisdn, person: planned.person };
  });
}
