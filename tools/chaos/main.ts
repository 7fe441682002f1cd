import { randomInt } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { homeFolder } from '@absah/local-infra';
import type { Environment } from '@absah/service-kit';
import { makeTemporaryData, removeTemporaryData } from '../laptop/temporary-data.js';
import { readOptions, USAGE, type ChaosOptions } from './options.js';
import { makePlan } from './plan/make-plan.js';
import { chaosPlan, type ChaosPlan } from './plan/plan.js';
import { shortcomingsOf } from './report/shortcomings.js';
import { table } from './report/table.js';
import { runChaos } from './run-chaos.js';
import { CAP_PER_PERSON } from './verdict/verdict.js';

const SEEDS = 2 ** 32;
const FAULT_EVERY_MS = 7_000;
/** Longer than a picture that nobody purges lives in the broker. */
const PATIENCE_MS = 150_000;

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === 'help') {
    tell(USAGE);
    return 0;
  }
  const plan = await planOf(options);
  const records = join(homeFolder(), 'chaos', new Date().toISOString().replaceAll(':', '-').slice(0, 19));
  await mkdir(records, { recursive: true });
  await writeFile(join(records, 'plan.json'), `${JSON.stringify(plan)}\n`);
  const dataDir = await makeTemporaryData('chaos');
  try {
    const result = await runChaos(plan, {
      dataDir,
      environment: environmentOf(options),
      patienceMs: PATIENCE_MS,
      tell,
    });
    await writeFile(join(records, 'result.json'), `${JSON.stringify(result, undefined, 2)}\n`);
    const isClean = result.findings.length === 0;
    if (!isClean) await cp(join(dataDir, 'logs'), join(records, 'logs'), { recursive: true });
    tell(`plan${isClean ? '' : ', logs'} and result are kept in ${records}`);
    process.stdout.write(`${options.json ? JSON.stringify(result) : table(result)}\n`);
    const shortcomings = shortcomingsOf(options.control, result);
    for (const shortcoming of shortcomings) tell(`failed: ${shortcoming}`);
    return shortcomings.length === 0 ? 0 : 1;
  } finally {
    await removeTemporaryData(dataDir);
  }
}

async function planOf({ replay, seed, rounds, rate }: ChaosOptions): Promise<ChaosPlan> {
  if (replay !== undefined) return chaosPlan.parse(JSON.parse(await readFile(replay, 'utf8')));
  return makePlan({ seed: seed ?? randomInt(SEEDS), rounds, rate, faultEveryMs: FAULT_EVERY_MS });
}

function environmentOf({ reconciler, control }: ChaosOptions): Environment {
  return {
    ...(!reconciler && { RECONCILER_ENABLED: 'false' }),
    ...(control === 'cap' && { CAP_PER_PERSON: String(CAP_PER_PERSON + 2) }),
  };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  tell(`chaos broke off: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
