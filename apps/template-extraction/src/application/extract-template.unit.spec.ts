import { randomUUID } from 'node:crypto';
import { averageTemplates, encodeTemplate } from '@absah/biometrics';
import { packParts, unpackParts } from '@absah/capture-store';
import type { DeliveryContext, Transaction } from '@absah/messaging';
import { PersonKey } from '@absah/sealing';
import { Logger } from '@absah/telemetry';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ExtractTemplate, type Passed } from './extract-template.js';
import type { FaceEmbedder, StoredTemplate } from './ports.js';

const passed: Passed = {
  caseId: randomUUID(),
  captureId: randomUUID(),
  operatorId: 'operator-a',
  document: 'nik',
  decideBy: '2099-07-01T00:00:00.000Z',
  subjectRef: 'a'.repeat(64),
  sealedNik: 'c2VhbGVk',
  livenessScore: 0.99,
  modelChain: 'test-chain',
};
const FACE = new Uint8Array(64).fill(7);
const delivery = { envelope: { occurredAt: new Date().toISOString() } } as DeliveryContext;
const tx = { emit: () => undefined } as unknown as Transaction;

/** As liveness left them: windows on it are what the service works with. */
let packed: Uint8Array;
let template: Uint8Array;
let stored: StoredTemplate[];
let purged: string[];

beforeEach(() => {
  packed = packParts([FACE]);
  template = new Uint8Array(32).fill(9);
  stored = [];
  purged = [];
});

function extraction(
  key: PersonKey | Error,
  embed: FaceEmbedder['embed'] = async () => ({ template, modelChain: 'test-chain' }),
): ExtractTemplate {
  return new ExtractTemplate(
    { get: async () => packed },
    { embed },
    {
      of: async () => {
        if (key instanceof Error) throw key;
        return { template: key };
      },
    },
    {
      once: async (_, work) => {
        await work(tx);
        return 'done';
      },
    },
    { add: async (_, row) => void stored.push(row) },
    { purge: async (captureId) => void purged.push(captureId) },
    { EXTRACTION_LIMIT_MS: 60_000 },
    { now: () => new Date() },
    new Logger({ service: 'template-extraction', level: 'silent' }),
  );
}

function facesLeft(): readonly Uint8Array[] {
  return unpackParts(packed) ?? [];
}

describe('extractTemplate (A3)', () => {
  it('seals the template for its id and wipes every plain byte of it and of the face', async () => {
    const key = new PersonKey(randomUUID(), 'template', new Uint8Array(32).fill(1));
    await extraction(key).execute(passed, delivery);

    const [row] = stored;
    expect(key.open(row!.sealed, row!.templateId)).toEqual(Buffer.alloc(32, 9));
    expect(new Set(template)).toEqual(new Set([0]));
    for (const face of facesLeft()) expect(new Set(face)).toEqual(new Set([0]));
    expect(purged).toEqual([passed.captureId]);
  });

  it('averages the faces of a session into one template, and wipes them all', async () => {
    const one = encodeTemplate({ modelChain: 'test-chain', embedding: Float32Array.of(1, 0) });
    const other = encodeTemplate({ modelChain: 'test-chain', embedding: Float32Array.of(0, 1) });
    const between = averageTemplates([one, other]);
    const embedded = [one, other];
    packed = packParts([FACE, FACE]);
    const key = new PersonKey(randomUUID(), 'template', new Uint8Array(32).fill(1));
    await extraction(key, async () => ({ template: embedded.shift()!, modelChain: 'test-chain' })).execute(
      passed,
      delivery,
    );

    const [row] = stored;
    expect(Uint8Array.from(key.open(row!.sealed, row!.templateId))).toEqual(between);
    for (const plain of [one, other, ...facesLeft()]) expect(new Set(plain)).toEqual(new Set([0]));
  });

  it('wipes them, too, when there is no key, and keeps the capture for the next try', async () => {
    const failing = extraction(new Error('privacy is away'));
    await expect(failing.execute(passed, delivery)).rejects.toThrow('privacy is away');
    expect(new Set(template)).toEqual(new Set([0]));
    for (const face of facesLeft()) expect(new Set(face)).toEqual(new Set([0]));
    expect({ stored, purged }).toEqual({ stored: [], purged: [] });
  });
});
