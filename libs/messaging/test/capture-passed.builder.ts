import { randomUUID } from 'node:crypto';
import type { CapturePassedV1, PayloadOf } from '@absah/contracts';

/** A valid payload of the event that these tests send from liveness to template-extraction. */
export function capturePassed(
  changes: Partial<PayloadOf<typeof CapturePassedV1>> = {},
): PayloadOf<typeof CapturePassedV1> {
  return {
    caseId: randomUUID(),
    captureId: randomUUID(),
    operatorId: 'operator-a',
    document: 'nik',
    decideBy: '2099-07-01T00:00:00.000Z',
    subjectRef: 'a'.repeat(64),
    sealedNik: 'c2VhbGVk',
    livenessScore: 0.99,
    modelChain: 'test-chain',
    ...changes,
  };
}
