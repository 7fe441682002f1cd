import { open, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Needle } from './needle.js';

export interface Finding {
  readonly needle: string;
  readonly place: string;
}

const CHUNK_BYTES = 1024 * 1024;
const PAIRS = 65_536;
const START_BYTES = 4;

/** Looks for many needles in one pass, in memory of a fixed size. */
export class Search {
  /** By the four bytes that a needle begins with; its first two alone pass over most of any haystack. */
  readonly #byStart = new Map<number, Needle[]>();
  readonly #isStart = new Uint8Array(PAIRS);
  readonly #longest: number;

  constructor(needles: readonly Needle[]) {
    this.#longest = Math.max(...needles.map(({ bytes }) => bytes.length));
    for (const needle of needles) {
      const start = startAt(needle.bytes, 0);
      this.#isStart[start >>> 16] = 1;
      const alike = this.#byStart.get(start);
      if (alike) alike.push(needle);
      else this.#byStart.set(start, [needle]);
    }
  }

  /** Every file below the folder, whatever it is called. */
  async inFolder(folder: string, chunkBytes = CHUNK_BYTES): Promise<Finding[]> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const findings: Finding[] = [];
    for (const entry of entries.filter((candidate) => candidate.isFile())) {
      const file = join(entry.parentPath, entry.name);
      for (const needle of await this.#inFile(file, chunkBytes)) {
        findings.push({ needle, place: relative(folder, file) });
      }
    }
    return findings;
  }

  inBytes(place: string, bytes: Uint8Array): Finding[] {
    const names = new Set<string>();
    this.#collect(bytes, names);
    return [...names].map((needle) => ({ needle, place }));
  }

  async #inFile(file: string, chunkBytes: number): Promise<Set<string>> {
    const names = new Set<string>();
    const handle = await open(file);
    try {
      const buffer = Buffer.alloc(this.#longest + chunkBytes);
      // The end of a chunk is seen again with the next: a needle may lie across the border.
      let kept = 0;
      for (;;) {
        const { bytesRead } = await handle.read(buffer, kept, chunkBytes);
        if (bytesRead === 0) return names;
        const filled = kept + bytesRead;
        this.#collect(buffer.subarray(0, filled), names);
        kept = Math.min(filled, this.#longest - 1);
        buffer.copyWithin(0, filled - kept, filled);
      }
    } finally {
      await handle.close();
    }
  }

  #collect(bytes: Uint8Array, names: Set<string>): void {
    let start = bytes[0] ?? 0;
    for (let at = 1; at < bytes.length; at += 1) {
      start = ((start << 8) | (bytes[at] ?? 0)) & 0xffff;
      if (this.#isStart[start] === 0) continue;
      for (const needle of this.#byStart.get(startAt(bytes, at - 1)) ?? [])
        if (isAt(needle, bytes, at - 1)) names.add(needle.name);
    }
  }
}

/** Zeros stand for what is beyond the end; whether a needle lies there is asked again. */
function startAt(bytes: Uint8Array, at: number): number {
  let start = 0;
  for (let next = at; next < at + START_BYTES; next += 1) start = (start << 8) | (bytes[next] ?? 0);
  return start >>> 0;
}

function isAt({ bytes, gaps }: Needle, haystack: Uint8Array, at: number): boolean {
  if (at + bytes.length > haystack.length) return false;
  return bytes.every((byte, offset) => haystack[at + offset] === byte || gaps?.includes(offset) === true);
}
