import { randomUUID } from 'node:crypto';
import { unpackParts } from '@absah/capture-store';
import type { EventContract } from '@absah/contracts';
import type { DeliveryContext, Transaction } from '@absah/messaging';
import { Logger } from '@absah/telemetry';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { AssessCapture } from './assess-capture.js';
import type { BurstFinding } from '../domain/judge-capture.js';
import type { Submitted } from './fetch-capture.js';
import type { Inspection } from './inspect-capture.js';

const submitted: Submitted = {
  caseId: randomUUID(),
  captureId: randomUUID(),
  operatorId: 'operator-a',
  document: 'nik',
  decideBy: '2099-07-01T00:00:00.000Z',
  subjectRef: 'a'.repeat(64),
  sealedNik: 'c2VhbGVk',
  consent: { purpose: 'sim-registration', version: '2026-07', givenAt: '2026-11-22T00:00:00.000Z' },
  image: { mediaType: 'image/jpeg', byteLength: 3, sha256: 'b'.repeat(64) },
};
const delivery = { envelope: { occurredAt: new Date().toISOString() } } as DeliveryContext;
const aligned = new Uint8Array([1, 2, 3]);
const quality = {
  singleFacePresent: true,
  interEyeDistance: 90,
  headSize: 0.4,
  marginOfFace: 0.3,
  luminanceMean: 0.5,
  underExposure: 0,
  overExposure: 0,
  illuminationUniformity: 0.8,
  sharpness: 0.1,
  headPose: { yaw: 0, pitch: 0, roll: 0 },
  eyesOpen: 0.9,
  eyesVisible: 0,
  mouthVisible: 0.4,
  mouthOpening: 0.05,
  backgroundDetail: 0.02,
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

function assessing(
  inspection: Inspection,
  seenBefore: boolean,
  finding: BurstFinding = { kind: 'live', companions: [] },
): AssessCapture {
  const emit = (
    { name }: EventContract,
    { suspicion, reasons }: { suspicion?: string; reasons?: string[] },
  ) => steps.push(suspicion ? [name, suspicion] : reasons ? [name, ...reasons] : name);
  return new AssessCapture(
    { execute: async () => inspection },
    {
      execute: async () => {
        steps.push('burst');
        return finding;
      },
    },
    {
      once: async (_, work) => {
        if (seenBefore) return 'duplicate';
        await work({ emit } as unknown as Transaction);
        steps.push('commit');
        return 'done';
      },
    },
    { add: async (_, { outcome }) => void steps.push(outcome) },
    {
      put: async (_, kind, bytes) =>
        void steps.push([kind, ...(unpackParts(bytes) ?? []).map((part) => [...part])]),
    },
    { purge: async () => void steps.push('purge') },
    { LIVENESS_THRESHOLD: 0.95 },
    { now: () => new Date() },
    new Logger({ service: 'liveness', level: 'silent' }),
  );
}

describe('assessCapture', () => {
  it('puts the face of a living person there before anybody hears of it, and purges nothing', async () => {
    await assessing(face, false).execute(submitted, delivery);
    expect(steps).toEqual(['live', ['face', [...aligned]], 'CapturePassedV1', 'commit']);
  });

  it.each([
    ['attack', 'CaptureAttackSuspectedV1', { ...face, livenessScore: 0.2 } satisfies Inspection],
    ['retake', ['CaptureRetakeRequestedV1', 'capture-expired'], { kind: 'expired' } satisfies Inspection],
  ])(
    'purges after the commit of an outcome %s, and puts no face (A3)',
    async (outcome, event, inspection) => {
      await assessing(inspection, false).execute(submitted, delivery);
      expect(steps).toEqual([outcome, event, 'commit', 'purge']);
    },
  );

  describe('with a burst (V5)', () => {
    const withBurst: Submitted = {
      ...submitted,
      burst: { frameCount: 2, byteLength: 9, sha256: 'c'.repeat(64) },
    };

    it('puts the faces of the burst behind that of the picture', async () => {
      const finding = { kind: 'live', companions: [Uint8Array.of(4, 5, 6), Uint8Array.of(7, 8, 9)] } as const;
      await assessing(face, false, finding).execute(withBurst, delivery);
      expect(steps).toEqual([
        'burst',
        'live',
        ['face', [1, 2, 3], [4, 5, 6], [7, 8, 9]],
        'CapturePassedV1',
        'commit',
      ]);
    });

    it.each<[BurstFinding, string, string, string]>([
      [{ kind: 'expired' }, 'retake', 'CaptureRetakeRequestedV1', 'capture-expired'],
      [{ kind: 'altered' }, 'retake', 'CaptureRetakeRequestedV1', 'unreadable'],
      [{ kind: 'replayed' }, 'retake', 'CaptureRetakeRequestedV1', 'replayed'],
      [{ kind: 'retake', reason: 'wrong-movement' }, 'retake', 'CaptureRetakeRequestedV1', 'wrong-movement'],
      [{ kind: 'attack', suspicion: 'still-picture' }, 'attack', 'CaptureAttackSuspectedV1', 'still-picture'],
    ])('says %j and purges both (A3)', async (finding, outcome, event, reason) => {
      await assessing(face, false, finding).execute(withBurst, delivery);
      expect(steps).toEqual(['burst', outcome, [event, reason], 'commit', 'purge']);
    });

    it('is not looked at when the picture is refused already', async () => {
      await assessing({ ...face, livenessScore: 0.2 }, false).execute(withBurst, delivery);
      expect(steps).not.toContain('burst');
    });
  });

  it.each<[string, Inspection]>([
    ['passed', face],
    ['expired', { kind: 'expired' }],
  ])('touches nothing for a duplicate that now looks %s', async (_, inspection) => {
    await assessing(inspection, true).execute(submitted, delivery);
    expect(steps).toEqual([]);
  });
});
