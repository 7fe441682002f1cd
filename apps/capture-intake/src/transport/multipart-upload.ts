import type { Readable } from 'node:stream';
import { ServiceError } from '@absah/domain-kit';
// Declares `request.parts`.
import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { refusal, type RefusalCode } from '../domain/errors.js';

export interface UploadLimits {
  readonly imageBytes: number;
  readonly requestBytes: number;
}

/** The two parts of a request for a verification, not yet looked into. */
export interface Upload {
  readonly image: Uint8Array;
  readonly request: Uint8Array;
}

const PART_NAMES = ['image', 'request'] as const;
type PartName = (typeof PART_NAMES)[number];

/** Reads the body in one pass and stops at the first thing wrong with it. */
export async function readUpload(request: FastifyRequest, limits: UploadLimits): Promise<Upload> {
  const parts = await readParts(request, limits);
  const image = parts.get('image');
  const json = parts.get('request');
  if (image && json) return { image, request: json };
  const missing = PART_NAMES.filter((name) => !parts.has(name));
  throw refusal('INTAKE.PART_MISSING', { fields: missing.map((path) => ({ path, problem: 'missing' })) });
}

async function readParts(request: FastifyRequest, limits: UploadLimits): Promise<Map<PartName, Uint8Array>> {
  const parts = new Map<PartName, Uint8Array>();
  try {
    for await (const part of request.parts()) {
      const name = admitName(part.fieldname, parts);
      // The plugin is told to hand on every part as a stream of bytes.
      if (part.type === 'file') parts.set(name, await readPart(part.file, name, limits));
    }
  } catch (error) {
    request.raw.unpipe();
    if (error instanceof ServiceError) throw error;
    throw refusal('INTAKE.MULTIPART_MALFORMED', { cause: error });
  }
  return parts;
}

function admitName(fieldName: string, earlier: ReadonlyMap<PartName, unknown>): PartName {
  const name = PART_NAMES.find((known) => known === fieldName);
  if (!name) throw refusal('INTAKE.PART_UNKNOWN');
  if (earlier.has(name))
    throw refusal('INTAKE.PART_REPEATED', { fields: [{ path: name, problem: 'repeated' }] });
  return name;
}

const TOO_LARGE: Readonly<Record<PartName, RefusalCode>> = {
  image: 'INTAKE.IMAGE_TOO_LARGE',
  request: 'INTAKE.REQUEST_TOO_LARGE',
};

async function readPart(part: Readable, name: PartName, limits: UploadLimits): Promise<Uint8Array> {
  const most = name === 'image' ? limits.imageBytes : limits.requestBytes;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of part as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) throw refusal(TOO_LARGE[name]);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
