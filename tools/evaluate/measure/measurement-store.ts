import { closeSync, openSync, writeSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { ImageFile } from '../dataset/image-files.js';
import type { Measurement } from './measurement.js';

interface StoredLine {
  readonly name: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** What measured: see `measuredBy`. */
  readonly by: string;
  readonly measurement: Measurement | (Omit<Measurement, 'embedding'> & { readonly embedding: string });
}

// Embeddings are biometric data: nobody but their owner reads the file.
const OWNER_ONLY = 0o600;

/** Measurements in a file, one JSON line each, so that a run that was stopped goes on where it was. */
export class MeasurementStore {
  readonly #path: string;
  readonly #by: string;
  readonly #known: Map<string, Measurement>;
  #descriptor: number | undefined;

  private constructor(path: string, by: string, known: Map<string, Measurement>) {
    this.#path = path;
    this.#by = by;
    this.#known = known;
  }

  /** @param by digest of everything that a measurement depends on beside the image */
  static async open(path: string, by: string): Promise<MeasurementStore> {
    return new MeasurementStore(path, by, await readKnown(path, by));
  }

  find(image: ImageFile): Measurement | undefined {
    return this.#known.get(keyOf(image));
  }

  /** Written before it returns: what was measured survives whatever ends the process. */
  add(image: ImageFile, measurement: Measurement): void {
    const { name, size, mtimeMs } = image;
    const line = JSON.stringify({ name, size, mtimeMs, by: this.#by, measurement: packed(measurement) });
    // A line that a killed run left unfinished must not swallow the next one.
    this.#descriptor ??= openSync(this.#path, 'a', OWNER_ONLY);
    writeSync(this.#descriptor, `\n${line}`);
    this.#known.set(keyOf(image), measurement);
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  async forget(): Promise<void> {
    this.close();
    await rm(this.#path, { force: true });
  }
}

function keyOf({ name, size, mtimeMs }: Pick<ImageFile, 'name' | 'size' | 'mtimeMs'>): string {
  return `${name}\n${size}\n${mtimeMs}`;
}

async function readKnown(path: string, by: string): Promise<Map<string, Measurement>> {
  const known = new Map<string, Measurement>();
  const file = await open(path).catch(() => undefined);
  if (!file) return known;
  try {
    for await (const text of file.readLines()) {
      const line = parsed(text);
      if (line?.by === by) known.set(keyOf(line), unpacked(line.measurement));
    }
  } finally {
    await file.close();
  }
  return known;
}

/** A line that was cut off is measured again. */
function parsed(text: string): StoredLine | undefined {
  try {
    return text === '' ? undefined : (JSON.parse(text) as StoredLine);
  } catch {
    return undefined;
  }
}

function packed(measurement: Measurement): unknown {
  if (measurement.kind !== 'face' || !measurement.embedding) return measurement;
  const { buffer, byteOffset, byteLength } = measurement.embedding;
  return { ...measurement, embedding: Buffer.from(buffer, byteOffset, byteLength).toString('base64') };
}

function unpacked(stored: StoredLine['measurement']): Measurement {
  if (!('embedding' in stored) || typeof stored.embedding !== 'string') return stored as Measurement;
  const bytes = new Uint8Array(Buffer.from(stored.embedding, 'base64'));
  return { ...stored, embedding: new Float32Array(bytes.buffer) } as Measurement;
}
