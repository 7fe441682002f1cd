import type { BareModels } from '@absah/inference';
import sharp from 'sharp';
import { cpuSeconds } from './own-cpu.js';

/** The floor: decoding each JPEG and running each model on what it was given, with nothing around them. CPU
 *  seconds. */
export function bareLoopCpuSeconds(models: BareModels, images: readonly Uint8Array[]): Promise<number> {
  sharp.concurrency(1);
  sharp.cache(false);
  return cpuSeconds(async () => {
    for (const image of images) {
      await sharp(image).removeAlpha().raw().toBuffer();
      await models.replay(image);
    }
  });
}
