import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { homeFolder } from '@absah/local-infra';
import { spawnPlatform, type SpawnedPlatform } from '../../../tools/laptop/spawn-platform.js';

/** Cold starts on a machine that does other things meanwhile. */
export const START_TIMEOUT_MS = 90_000;

/** Beside the downloads that `npm start` uses. Open to all, since root runs PostgreSQL under another account. */
export async function makeJourneyFolder(): Promise<string> {
  const folder = await mkdtemp(join(homeFolder(), 'journey-'));
  await chmod(folder, 0o755);
  return folder;
}

/** Everything that a platform on this folder keeps: where others may not enter it, its database is elsewhere. */
export async function foldersOf(dataDir: string): Promise<readonly string[]> {
  const elsewhere = await readFile(join(dataDir, 'postgres', 'location'), 'utf8').catch(() => undefined);
  return elsewhere === undefined ? [dataDir] : [dataDir, elsewhere];
}

export async function removeFoldersOf(dataDir: string): Promise<void> {
  for (const folder of await foldersOf(dataDir)) await rm(folder, { recursive: true, force: true });
}

/** A whole platform for one suite, with data that `close` removes. */
export class JourneyBed {
  #platform: SpawnedPlatform | undefined;

  private constructor(readonly dataDir: string) {}

  static async open(processes: 'one' | 'many' = 'one'): Promise<JourneyBed> {
    const bed = new JourneyBed(await makeJourneyFolder());
    try {
      bed.#platform = await spawnPlatform(bed.dataDir, processes);
      return bed;
    } catch (error) {
      await bed.close();
      throw error;
    }
  }

  get platform(): SpawnedPlatform {
    if (!this.#platform) throw new Error('the platform is not up');
    return this.#platform;
  }

  /** The data stays. */
  async stop(): Promise<void> {
    await this.#platform?.stop();
    this.#platform = undefined;
  }

  async restart(): Promise<void> {
    await this.stop();
    this.#platform = await spawnPlatform(this.dataDir);
  }

  async close(): Promise<void> {
    await this.stop();
    await removeFoldersOf(this.dataDir);
  }
}
