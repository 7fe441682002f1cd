import { randomUUID } from 'node:crypto';
import type { EventContract } from '@absah/contracts';
import type { DeliveryContext, Transaction } from '@absah/messaging';
import { Logger } from '@absah/telemetry';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { AssessCapture } from './assess-capture.js';
import type { Inspection, Submitted } from './inspect-capture.js';

const submitted: Submitted = {
  caseId: randomUUID(),
  captureId: randomUUID(),
  operatorId: 'operator-a',
  subjectRef: 'a'.repeat(64),
  sealedNik: 'c2VhbGVk',
  consent: { purpose: 'sim-registration', version: '2026-07', givenAt: '2026-11-22T00:00:00.000Z' },
  image: { mediaType: 'image/jpeg', byteLength: 3, sha256: 'b'.repeat(64) },
};
const aligned = new Uint8Array([1, 2, 3]);
const quality = {
  singleFacePresent: true,
  interEyeDistance: 90,
  headSize: 0.4,
  marginOfFace: 0.3,
  luminanceMean: 0.5,
  sharpness: 0.1,
  headPose: { yaw: 0, pitch: 0, roll: 0 },
  eyesOpen: 0.9,
};
const face: Inspection = {
  kind: 'face',
  alignedCrop: aligned,
  quality,
  livenessScore: 0.99,
  modelChain: 'test-chain',
  timingsMs: {},
};

/** What happened, in order. */
let steps: unknown[];

beforeEach(() => {
  steps = [];
});

function assessing(inspection: Inspection, seenBefore: boolean): AssessCapture {
  const emit = ({ name }: EventContract) => steps.push(name);
  return new AssessCapture(
    { execute: async () => inspection },
    {
      once: async (_, work) => {
        if (seenBefore) return 'duplicate';
        await work({ emit } as unknown as Transaction);
        steps.push('commit');
        return 'done';
      },
    },
    { add: async (_, { outcome }) => void steps.push(outcome) },
    { put: async (_, kind, bytes) => void steps.push([kind, bytes]) },
    { purge: async () => void steps.push('purge') },
    { LIVENESS_THRESHOLD: 0.95 },
    new Logger({ service: 'liveness', level: 'silent' }),
  );
}

describe('assessCapture', () => {
  it('puts the face of a living person there before anybody hears of it, and purges nothing', async () => {
    await assessing(face, false).execute(submitted, {} as DeliveryContext);
    expect(steps).toEqual(['live', ['face', aligned], 'CapturePassedV1', 'commit']);
  });

  it.each([
    ['attack', 'CaptureAttackSuspectedV1', { ...face, livenessScore: 0.2 } satisfies Inspection],
    ['retake', 'CaptureRetakeRequestedV1', { kind: 'expired' } satisfies Inspection],
  ])(
    'purges after the commit of an outcome %s, and puts no face (A3)',
    async (outcome, event, inspection) => {
      await assessing(inspection, false).execute(submitted, {} as DeliveryContext);
      expect(steps).toEqual([outcome, event, 'commit', 'purge']);
    },
  );

  it.each<[string, Inspection]>([
    ['passed', face],
    ['expired', { kind: 'expired' }],
  ])('touches nothing for a duplicate that now looks %s', async (_, inspection) => {
    await assessing(inspection, true).execute(submitted, {} as DeliveryContext);
    expect(steps).toEqual([]);
  });
});
