import { silent } from '@absah/local-infra';
import type { Environment } from '@absah/service-kit';
import type { PlatformPart } from '../laptop/platform-part.js';
import type { ServicePart } from '../laptop/many-processes-host.js';
import { startManyProcesses, type Platform } from '../laptop/platform.js';
import { ClientBook } from './clients/client-book.js';
import { OpenLoop } from './clients/open-loop.js';
import { OperatorLine } from './clients/operator-line.js';
import { People } from './clients/people.js';
import { RegistryScript } from './clients/registry-script.js';
import { recordEmissions } from './evidence/emission-record.js';
import { readEvidence } from './evidence/read-evidence.js';
import { RegisteredNumbers } from './evidence/registered-numbers.js';
import { inflictAll } from './faults/inflict.js';
import { Keeper } from './faults/keeper.js';
import { ALL_SERVICES, type ChaosPlan, type PartName } from './plan/plan.js';
import { faultLine } from './report/table.js';
import { resultOf, type ChaosResult } from './report/result.js';
import { settle } from './settle.js';

export interface ChaosSetting {
  readonly dataDir: string;
  /** What every service is told beyond what a laptop tells it. */
  readonly environment: Environment;
  /** How long what is under way may take to come to rest. */
  readonly patienceMs: number;
  readonly tell: (line: string) => void;
}

/** How long clients wait for their answers after the last one came. */
const CLOSING_AFTER_MS = 30_000;

export async function runChaos(plan: ChaosPlan, setting: ChaosSetting): Promise<ChaosResult> {
  const { dataDir, environment, tell } = setting;
  tell('starting the platform, one process per service');
  const platform = await startManyProcesses({
    dataDir,
    apiPort: 0,
    progress: silent,
    settings: { ...QUICK, ...environment },
  });
  try {
    return await runOn(platform, plan, setting);
  } finally {
    await platform.stop();
  }
}

/** People come again without a pause here, as nobody does at a counter. */
const QUICK: Environment = {
  LOG_LEVEL: 'info',
  ATTEMPT_PAUSE_SECONDS: '0',
  ATTEMPTS_PER_IDENTITY: '1000',
  ATTEMPTS_PER_SESSION: '1000',
};

async function runOn(
  platform: Platform<ServicePart>,
  plan: ChaosPlan,
  { patienceMs, tell }: ChaosSetting,
): Promise<ChaosResult> {
  const { addresses, nats } = platform.infrastructure;
  await recordEmissions(addresses.databaseUrls);
  const people = await People.enrol(plan, platform, addresses.modelsDir);
  tell(`${plan.visits.length} visits and ${plan.faults.length} faults are planned, seed ${plan.seed}`);
  const startedAt = performance.now();
  const elapsedMs = (): number => performance.now() - startedAt;
  const closing = new AbortController();
  const book = new ClientBook(elapsedMs);
  const script = new RegistryScript(platform, closing.signal);
  const keeper = new Keeper(partsOf(platform), elapsedMs);
  const line = new OperatorLine(platform.urls['capture-intake'], platform.secrets['operator-api-key']);
  const loop = new OpenLoop({ line, book, closing: closing.signal }, people, script);
  const inflictor = { keeper, script, elapsedMs, loseStore: () => nats.loseStore() };
  try {
    const [faults] = await Promise.all([
      inflictAll(inflictor, plan, ({ fault, atMs, overMs }) =>
        tell(
          `${(atMs / 1000).toFixed(1).padStart(6)} s  ${faultLine(fault)} for ${((overMs - atMs) / 1000).toFixed(1)} s`,
        ),
      ),
      loop.run(plan, elapsedMs),
    ]);
    tell('the last visitor has come; waiting for quiet');
    setTimeout(() => closing.abort(), CLOSING_AFTER_MS).unref();
    await loop.emptied();
    const numbers = new RegisteredNumbers(platform, visitorsOf(plan, people));
    const settled = await settle(() => readEvidence(platform, book.requests, numbers), patienceMs, tell);
    return resultOf({
      seed: plan.seed,
      seconds: elapsedMs() / 1000,
      requests: book.requests,
      faults,
      mishaps: keeper.mishaps,
      settled,
      plaintext: [],
    });
  } finally {
    closing.abort();
    await keeper.close();
  }
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
