import { readFile } from 'node:fs/promises';
import type { ImageFile } from '../dataset/image-files.js';
import type { Measurement, Observe } from './measurement.js';
import type { MeasurementStore } from './measurement-store.js';

export interface MeasureSettings {
  readonly store: MeasurementStore;
  /** Called when there is something to measure. */
  readonly observe: Observe;
  /** Images that are in memory at a time. */
  readonly lanes: number;
  /** Told after each image. */
  readonly onMeasured: () => void;
  readonly signal: AbortSignal;
}

/** What is measured already stays; the rest is read and measured, a few at a time.
 *  @returns in the order of `images`, as far as the signal let it come */
export async function measureImages(
  images: readonly ImageFile[],
  settings: MeasureSettings,
): Promise<(Measurement | undefined)[]> {
  const measurements = images.map((image) => settings.store.find(image));
  const missing = [...images.entries()].filter(([index]) => !measurements[index]).reverse();
  const lane = async (): Promise<void> => {
    for (let next = missing.pop(); next; next = missing.pop()) {
      if (settings.signal.aborted) return;
      const [index, image] = next;
      measurements[index] = await measureOne(image, settings);
      settings.onMeasured();
    }
  };
  await Promise.all(Array.from({ length: settings.lanes }, lane));
  return measurements;
}

// No camera makes more; a film that was renamed must not fill the memory.
const MAX_FILE_BYTES = 50_000_000;

async function measureOne(image: ImageFile, { observe, store }: MeasureSettings): Promise<Measurement> {
  if (image.size > MAX_FILE_BYTES) return { kind: 'unreadable', code: 'file-too-large' };
  const bytes = await readFile(image.path).catch(() => undefined);
  // Not stored: the next run may be allowed to read it.
  if (!bytes) return { kind: 'unreadable', code: 'file-not-readable' };
  try {
    const measurement = await observe(bytes);
    store.add(image, measurement);
    return measurement;
  } catch (error) {
    // One image that breaks an engine's thread is an image that was not acquired; the thread is replaced.
    if (error instanceof Error && error.name === 'EngineTaskError')
      return { kind: 'unreadable', code: 'engine-failed' };
    throw error;
  }
}
