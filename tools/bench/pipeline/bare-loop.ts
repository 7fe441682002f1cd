import type { BareModels } from '@absah/inference';
import sharp from 'sharp';

/** The floor: decoding each JPEG and running each model, with nothing around them. CPU seconds. */
export async function bareLoopCpuSeconds(models: BareModels, images: readonly Uint8Array[]): Promise<number> {
  sharp.concurrency(1);
  sharp.cache(false);
  const before = process.cpuUsage();
  for (const image of images) {
    await sharp(image).removeAlpha().raw().toBuffer();
    await models.runOncePerCapture();
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
