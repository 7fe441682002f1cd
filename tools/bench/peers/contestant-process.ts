// The program of a child: one contestant each, so that neither shares a TensorFlow.js, a heap or a compiler's
// mood with another.
import { readFile } from 'node:fs/promises';
import { openAbsah } from './absah.js';
import type { Contestant } from './contestant.js';
import type { ContestantName, FromContestant, ToContestant } from './contestant-messages.js';
import { openFaceApi } from './face-api.js';
import { openHuman } from './human.js';
import { peerPackagesIn } from './peer-packages.js';

function open(name: ContestantName, packagesFolder: string): Promise<Contestant> {
  switch (name) {
    case 'absah':
      return openAbsah();
    case 'face-api':
      return openFaceApi(peerPackagesIn(packagesFolder));
    case 'human':
      return openHuman(peerPackagesIn(packagesFolder));
  }
}

/** From the bytes to the vector, with all threads of this process. */
async function describe(contestant: Contestant, path: string): Promise<FromContestant> {
  const image = await readFile(path);
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const descriptor = await contestant.describe(image);
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { kind: 'described', wallMs, cpuMs: (user + system) / 1000, ...(descriptor && { descriptor }) };
}

function post(message: FromContestant): void {
  process.send?.(message);
}

function failure(error: unknown): FromContestant {
  return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
}

try {
  const [name, packagesFolder = ''] = process.argv.slice(2);
  const contestant = await open(name as ContestantName, packagesFolder);
  process.on('message', ({ path }: ToContestant) => {
    describe(contestant, path).then(post, (error: unknown) => post(failure(error)));
  });
  // Whoever asked is gone.
  process.on('disconnect', () => process.exit());
  post({ kind: 'ready', about: contestant.about });
} catch (error) {
  post(failure(error));
  process.disconnect();
}
