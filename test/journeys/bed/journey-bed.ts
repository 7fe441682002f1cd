import { spawnPlatform, type SpawnedPlatform } from '../../../tools/laptop/spawn-platform.js';
import { makeTemporaryData, removeTemporaryData } from '../../../tools/laptop/temporary-data.js';

/** Cold starts on a machine that does other things meanwhile. */
export const START_TIMEOUT_MS = 90_000;

/** A whole platform for one suite, with data that `close` removes. */
export class JourneyBed {
  #platform: SpawnedPlatform | undefined;

  private constructor(readonly dataDir: string) {}

  static async open(processes: 'one' | 'many' = 'one'): Promise<JourneyBed> {
    const bed = new JourneyBed(await makeTemporaryData('journey'));
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

  async restart(processes: 'one' | 'many' = 'one'): Promise<void> {
    await this.stop();
    this.#platform = await spawnPlatform(this.dataDir, processes);
  }

  async close(): Promise<void> {
    await this.stop();
    await removeTemporaryData(this.dataDir);
  }
}
