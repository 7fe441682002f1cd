import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fetchModels,
  fetchSamplePhotos,
  resolveNatsServer,
  startPostgres,
  withoutDurability,
  type Progress,
} from '@absah/local-infra';
import { publishInfrastructure } from '@absah/testing';
import { holdForTeardown } from './running-postgres.js';

const SLOW_STEPS = /^(Fetching|Downloading|Refreshing)/;

/** Silent where everything is there already: tests should show tests. */
const progress: Progress = (step, detail) => {
  if (SLOW_STEPS.test(step)) process.stderr.write(`${step}${detail ? `: ${detail}` : ''}\n`);
};

/** Starts once, before the first integration or journey test, what all of them share. */
export default async function globalSetup(): Promise<void> {
  const [modelsDir, samplesDir] = await Promise.all([
    fetchModels(progress),
    fetchSamplePhotos(progress),
    resolveNatsServer(progress),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'absah-test-'));
  // Run by root, the server is another account, which must be able to enter.
  await chmod(folder, 0o755);
  const dataDir = join(folder, 'postgres');
  const postgres = await startPostgres({ dataDir, settings: withoutDurability, progress }).catch(
    async (error: unknown) => {
      await rm(folder, { recursive: true, force: true });
      throw error;
    },
  );
  holdForTeardown({ postgres, folder });
  publishInfrastructure({ superuserUrl: postgres.superuserUrl, modelsDir, samplesDir });
}
