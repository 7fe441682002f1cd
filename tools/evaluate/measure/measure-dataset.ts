import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelManifest } from '@absah/inference';
import type { ImageFile } from '../dataset/image-files.js';
import { openEngineObserver } from './engine-observer.js';
import { measureImages } from './measure-images.js';
import type { Measurement } from './measurement.js';
import { MeasurementStore } from './measurement-store.js';
import { measuredBy } from './measured-by.js';
import { ProgressLine } from './progress-line.js';

export interface MeasureRequest {
  readonly images: readonly ImageFile[];
  /** Folder of the store. */
  readonly out: string;
  readonly modelsDir: string;
  readonly manifest: ModelManifest;
  readonly workers: number;
  readonly embeds: boolean;
  readonly forget: boolean;
  readonly signal: AbortSignal;
}

export interface MeasuredImage {
  readonly image: ImageFile;
  readonly measurement: Measurement;
}

export interface MeasuredDataset {
  readonly measured: readonly MeasuredImage[];
  /** What this run measured itself; the others were known. */
  readonly images: number;
  readonly seconds: number;
  /** Digest of what measured. */
  readonly by: string;
}

/** The run was stopped; what it measured is kept. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

// One image per thread is measured while the next is read.
const LANES_PER_WORKER = 2;

export async function measureDataset(request: MeasureRequest): Promise<MeasuredDataset> {
  await mkdir(request.out, { recursive: true, mode: 0o700 });
  const by = measuredBy(request.manifest, request.embeds);
  const store = await MeasurementStore.open(join(request.out, 'measurements.jsonl'), by);
  try {
    return { ...(await measureMissing(request, store)), by };
  } finally {
    store.close();
    if (request.forget) await store.forget();
  }
}

async function measureMissing(
  request: MeasureRequest,
  store: MeasurementStore,
): Promise<Omit<MeasuredDataset, 'by'>> {
  const { images, signal } = request;
  const missing = images.filter((image) => !store.find(image)).length;
  const startedAt = performance.now();
  const lanes = request.workers * LANES_PER_WORKER;
  const engine = missing > 0 ? await openEngineObserver({ ...request, lanes }) : undefined;
  const observe = engine?.observe ?? unexpected;
  const onMeasured = new ProgressLine(missing).step;
  try {
    const measurements = await measureImages(images, { store, observe, lanes, onMeasured, signal });
    const measured = images.flatMap((image, index) => {
      const measurement = measurements[index];
      return measurement ? [{ image, measurement }] : [];
    });
    if (measured.length < images.length) throw new StoppedError('stopped');
    return { measured, images: missing, seconds: (performance.now() - startedAt) / 1000 };
  } finally {
    await engine?.close();
  }
}

async function unexpected(): Promise<never> {
  throw new Error('an image was to be measured that the store knows');
}
