import { silent } from '@absah/local-infra';
import type { Environment } from '@absah/service-kit';
import { startManyProcesses } from '../laptop/platform.js';
import { People } from './clients/people.js';
import { playOut, type Played } from './play-out.js';
import type { ChaosPlan } from './plan/plan.js';
import { resultOf, type ChaosResult } from './report/result.js';
import { searchForPlaintext } from './verdict/search-for-plaintext.js';

export interface ChaosSetting {
  readonly dataDir: string;
  /** What every service is told beyond what a laptop tells it. */
  readonly environment: Environment;
  /** How long what is under way may take to come to rest. */
  readonly patienceMs: number;
  readonly tell: (line: string) => void;
}

/** The same person comes again without a pause here, and as often as it takes. */
const NO_PAUSES: Environment = {
  ATTEMPT_PAUSE_SECONDS: '0',
  ATTEMPTS_PER_IDENTITY: '1000',
  ATTEMPTS_PER_SESSION: '1000',
};

/** Plays a plan on a platform of its own, stops it, and looks through what it left behind. */
export async function runChaos(plan: ChaosPlan, setting: ChaosSetting): Promise<ChaosResult> {
  const { dataDir, environment, tell } = setting;
  const startedAt = performance.now();
  tell('starting the platform, one process per service');
  const platform = await startManyProcesses({
    dataDir,
    apiPort: 0,
    progress: silent,
    settings: { ...NO_PAUSES, ...environment },
  });
  const { modelsDir } = platform.infrastructure.addresses;
  let people: People;
  let played: Played;
  try {
    people = await People.of(plan, modelsDir);
    played = await playOut(platform, plan, people, setting);
  } finally {
    await platform.stop();
  }
  tell('searching everything that was stored for personal data');
  const submissions = plan.visits
    .slice(0, played.requests.length)
    .map((planned, index) => people.submissionOf(planned, index));
  const plaintext = await searchForPlaintext({ dataDir, modelsDir }, submissions, played);
  return resultOf({ seed: plan.seed, seconds: (performance.now() - startedAt) / 1000, ...played, plaintext });
}
