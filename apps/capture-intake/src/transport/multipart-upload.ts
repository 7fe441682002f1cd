import type { Readable } from 'node:stream';
import { MOST_FRAMES } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
// Declares `request.parts`.
import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { refusal, type RefusalCode } from '../domain/errors.js';

export interface UploadLimits {
  readonly imageBytes: number;
  readonly requestBytes: number;
  /** Of all frames together. */
  readonly burstBytes: number;
}

/** The parts of a request for a verification, not yet looked into. */
export interface Upload {
  readonly image: Uint8Array;
  readonly request: Uint8Array;
  /** In the order in which they came. */
  readonly frames: readonly Uint8Array[];
}

const SINGLE_PARTS = ['image', 'request'] as const;
type SinglePart = (typeof SINGLE_PARTS)[number];
type PartName = SinglePart | 'frame';

/** As many parts as a request may have, and one: so that one too many is seen and named. */
export const MOST_PARTS = SINGLE_PARTS.length + MOST_FRAMES + 1;

/** Reads the body in one pass and stops at the first thing wrong with it. */
export async function readUpload(request: FastifyRequest, limits: UploadLimits): Promise<Upload> {
  const parts = new ArrivedParts(limits);
  try {
    for await (const part of request.parts()) {
      const name = parts.admit(part.fieldname);
      // The plugin is told to hand on every part as a stream of bytes.
      if (part.type === 'file') await parts.read(part.file, name);
    }
  } catch (error) {
    request.raw.unpipe();
    if (error instanceof ServiceError) throw error;
    throw refusal('INTAKE.MULTIPART_MALFORMED', { cause: error });
  }
  return parts.whole();
}

const TOO_LARGE: Readonly<Record<PartName, RefusalCode>> = {
  image: 'INTAKE.IMAGE_TOO_LARGE',
  request: 'INTAKE.REQUEST_TOO_LARGE',
  frame: 'INTAKE.BURST_TOO_LARGE',
};

class ArrivedParts {
  readonly #single = new Map<SinglePart, Uint8Array>();
  readonly #frames: Uint8Array[] = [];
  #frameBytes = 0;

  constructor(private readonly limits: UploadLimits) {}

  admit(fieldName: string): PartName {
    if (fieldName === 'frame') {
      if (this.#frames.length === MOST_FRAMES) throw refusal('INTAKE.TOO_MANY_FRAMES');
      return fieldName;
    }
    const name = SINGLE_PARTS.find((known) => known === fieldName);
    if (!name) throw refusal('INTAKE.PART_UNKNOWN');
    if (this.#single.has(name))
      throw refusal('INTAKE.PART_REPEATED', { fields: [{ path: name, problem: 'repeated' }] });
    return name;
  }

  async read(part: Readable, name: PartName): Promise<void> {
    const most = this.roomFor(name);
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of part as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > most) throw refusal(TOO_LARGE[name]);
      chunks.push(chunk);
    }
    this.keep(name, Buffer.concat(chunks, length));
  }

  whole(): Upload {
    const image = this.#single.get('image');
    const request = this.#single.get('request');
    if (image && request) return { image, request, frames: this.#frames };
    const missing = SINGLE_PARTS.filter((name) => !this.#single.has(name));
    throw refusal('INTAKE.PART_MISSING', { fields: missing.map((path) => ({ path, problem: 'missing' })) });
  }

  private roomFor(name: PartName): number {
    if (name === 'frame') return this.limits.burstBytes - this.#frameBytes;
    return name === 'image' ? this.limits.imageBytes : this.limits.requestBytes;
  }

  private keep(name: PartName, bytes: Uint8Array): void {
    if (name !== 'frame') {
      this.#single.set(name, bytes);
      return;
    }
    this.#frames.push(bytes);
    this.#frameBytes += bytes.length;
  }
}
