import { Inject, Injectable } from '@nestjs/common';
import { append, EMPTY_RANGE, rootOf, type CompactRange } from '../domain/compact-range.js';
import { entryBytes } from '../domain/log-entry.js';
import { MERKLE } from './merkle.js';
import { LogStore, type StoredEntry } from './ports.js';

export type Recomputation =
  | { readonly intact: true; readonly size: number; readonly rootHash: Uint8Array }
  | { readonly intact: false; readonly finding: Finding; readonly position: number };

/** `root-differs` alone means that an entry and its stored hash were changed together. */
type Finding = 'entry-missing' | 'entry-altered' | 'root-differs';

const CHUNK = 1_000;

@Injectable()
export class RecomputeLog {
  constructor(@Inject(LogStore) private readonly store: LogStore) {}

  /** Reads the whole log and compares it with every hash that was ever recorded of it (A2). */
  async run(): Promise<Recomputation> {
    const head = await this.store.head();
    let range = EMPTY_RANGE;
    while (range.size < head.range.size) {
      const result = await this.extend(range, Math.min(CHUNK, head.range.size - range.size));
      if ('intact' in result) return result;
      range = result;
    }
    return { intact: true, size: range.size, rootHash: rootOf(MERKLE, range) };
  }

  private async extend(start: CompactRange, count: number): Promise<CompactRange | Recomputation> {
    const [entries, roots] = await Promise.all([
      this.store.entriesFrom(start.size, count),
      this.store.rootsBetween(start.size, start.size + count),
    ]);
    let range = start;
    for (let i = 0; i < count; i += 1) {
      const entry = entries[i];
      if (entry?.position !== range.size) return broken('entry-missing', range.size);
      if (isAltered(entry)) return broken('entry-altered', range.size);
      range = append(MERKLE, range, [entry.leafHash]).range;
      const root = roots.get(range.size);
      if (root && !equal(root, rootOf(MERKLE, range))) return broken('root-differs', range.size - 1);
    }
    return range;
  }
}

function isAltered(entry: StoredEntry): boolean {
  return !equal(MERKLE.leaf(entryBytes(entry)), entry.leafHash);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function broken(finding: Finding, position: number): Recomputation {
  return { intact: false, finding, position };
}
