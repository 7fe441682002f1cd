import type { FileForm } from './file-parts.js';
import { formOf, splitIntoParts } from './file-parts.js';
import { Random } from '../../seed/random.js';

const MOST_CHANGES = 5;
const LONGEST_RANGE = 4096;
/** Values at which counters turn over and flags lie. */
const EDGES = [0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff] as const;
const EDGE_LENGTHS = [0, 1, 2, 8, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff] as const;

// Odd, so that neighbouring files of neighbouring seeds begin far apart.
const SEED_STRIDE = 0x9e3779b1;

interface Mutation {
  readonly random: Random;
  readonly form: FileForm;
  readonly seeds: readonly Buffer[];
}

type Change = (file: Buffer, mutation: Mutation) => Buffer;

/** The file that `seed` and `index` stand for, whenever and wherever it is made. */
export function mutant(seeds: readonly Buffer[], seed: number, index: number): Buffer {
  const random = new Random((Math.imul(seed, SEED_STRIDE) + index) >>> 0);
  const original = random.pick(seeds);
  const mutation = { random, form: formOf(original), seeds };
  let file = original;
  for (let left = 1 + random.below(MOST_CHANGES); left > 0; left -= 1) {
    file = random.pick(CHANGES)(file, mutation);
  }
  // A checksum that is wrong hides whatever else is.
  return random.below(4) === 0 ? file : mutation.form.mend(file);
}

const CHANGES: readonly Change[] = [
  flipBits,
  flipBits,
  setEdges,
  setEdges,
  splice,
  removeRange,
  repeatRange,
  insertNoise,
  truncate,
  swapParts,
  duplicatePart,
  dropPart,
  lieOfLength,
  lieOfLength,
];

function changed(file: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(file);
  if (copy.length > 0) change(copy);
  return copy;
}

/** Half of all places lie where the structure is. */
function place(file: Buffer, random: Random): number {
  return random.below(random.below(2) === 0 ? Math.min(file.length + 1, 1024) : file.length + 1);
}

function range(file: Buffer, random: Random): { start: number; end: number } {
  const start = place(file, random);
  return { start, end: Math.min(file.length, start + 1 + random.below(LONGEST_RANGE)) };
}

function flipBits(file: Buffer, { random }: Mutation): Buffer {
  return changed(file, (copy) => {
    for (let left = 1 + random.below(16); left > 0; left -= 1) {
      const at = place(copy, random) % copy.length;
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    }
  });
}

function setEdges(file: Buffer, { random }: Mutation): Buffer {
  return changed(file, (copy) => {
    for (let left = 1 + random.below(4); left > 0; left -= 1) {
      const at = place(copy, random) % copy.length;
      const edge = random.pick(EDGES);
      copy.fill(edge, at, Math.min(copy.length, at + 1 + random.below(4)));
    }
  });
}

function splice(file: Buffer, { random, seeds }: Mutation): Buffer {
  const other = random.pick(seeds);
  const { start, end } = range(other, random);
  const { start: from, end: to } = range(file, random);
  return Buffer.concat([file.subarray(0, from), other.subarray(start, end), file.subarray(to)]);
}

function removeRange(file: Buffer, { random }: Mutation): Buffer {
  const { start, end } = range(file, random);
  return Buffer.concat([file.subarray(0, start), file.subarray(end)]);
}

function repeatRange(file: Buffer, { random }: Mutation): Buffer {
  const { start, end } = range(file, random);
  const part = file.subarray(start, end);
  const copies = Array<Buffer>(1 + random.below(20)).fill(part);
  return Buffer.concat([file.subarray(0, end), ...copies, file.subarray(end)]);
}

function insertNoise(file: Buffer, { random }: Mutation): Buffer {
  const at = place(file, random);
  return Buffer.concat([file.subarray(0, at), random.bytes(random.below(200)), file.subarray(at)]);
}

function truncate(file: Buffer, { random }: Mutation): Buffer {
  return file.subarray(0, place(file, random));
}

/** Any part but what stands before the first and behind the last. */
function anyPart(parts: readonly Buffer[], random: Random): number {
  return 1 + random.below(Math.max(1, parts.length - 2));
}

function withParts(file: Buffer, { form }: Mutation, change: (parts: Buffer[]) => void): Buffer {
  const parts = splitIntoParts(file, form);
  change(parts);
  return Buffer.concat(parts);
}

function swapParts(file: Buffer, mutation: Mutation): Buffer {
  return withParts(file, mutation, (parts) => {
    const [one, other] = [anyPart(parts, mutation.random), anyPart(parts, mutation.random)];
    const [first, second] = [parts[one], parts[other]];
    if (first && second) [parts[one], parts[other]] = [second, first];
  });
}

function duplicatePart(file: Buffer, mutation: Mutation): Buffer {
  return withParts(file, mutation, (parts) => {
    const { random } = mutation;
    const part = parts[anyPart(parts, random)];
    if (part) parts.splice(anyPart(parts, random), 0, ...Array<Buffer>(1 + random.below(8)).fill(part));
  });
}

function dropPart(file: Buffer, mutation: Mutation): Buffer {
  return withParts(file, mutation, (parts) => void parts.splice(anyPart(parts, mutation.random), 1));
}

function lieOfLength(file: Buffer, mutation: Mutation): Buffer {
  const { form, random } = mutation;
  const { lengthAt, lengthBytes, isLittleEndian } = form;
  return withParts(file, mutation, (parts) => {
    const at = anyPart(parts, random);
    const part = parts[at];
    if (!part || part.length < lengthAt + lengthBytes) return;
    const copy = Buffer.from(part);
    const honest = isLittleEndian
      ? copy.readUIntLE(lengthAt, lengthBytes)
      : copy.readUIntBE(lengthAt, lengthBytes);
    const lie = random.below(2) === 0 ? honest + random.below(17) - 8 : random.pick(EDGE_LENGTHS);
    const value = lengthBytes === 2 ? lie & 0xffff : lie >>> 0;
    if (isLittleEndian) copy.writeUIntLE(value, lengthAt, lengthBytes);
    else copy.writeUIntBE(value, lengthAt, lengthBytes);
    parts[at] = copy;
  });
}
