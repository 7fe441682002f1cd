import { describe, expect, it } from '@jest/globals';
import { decisionTime, stageTimes, type Milestone } from './stages.js';

const receivedAt = new Date(1000);
const approval: Milestone[] = [
  { name: 'VerificationSubmittedV1', at: 1012 },
  { name: 'CapturePassedV1', at: 1112 },
  { name: 'FaceExtractedV1', at: 1152 },
  { name: 'IdentityMatchedV1', at: 1172 },
  { name: 'SlotReservedV1', at: 1180 },
];

describe('stageTimes', () => {
  it('measures every stretch of an approval', () => {
    expect(stageTimes(receivedAt, approval)).toEqual({
      intake: 12,
      liveness: 100,
      template: 40,
      ikd: 20,
      quota: 8,
    });
  });

  it('stops where the case stopped', () => {
    const chain = [approval[0]!, { name: 'CaptureRetakeRequestedV1', at: 1050 }];
    expect(stageTimes(receivedAt, chain)).toEqual({ intake: 12, liveness: 38 });
  });

  it('adds the wait of a parked case to the registry stage', () => {
    const chain = [
      ...approval.slice(0, 3),
      { name: 'IdentityParkedV1', at: 1200 },
      { name: 'IdentityMatchedV1', at: 5200 },
    ];
    expect(stageTimes(receivedAt, chain)).toMatchObject({ ikd: 48 + 4000 });
  });

  it('passes over events that end no stage', () => {
    const chain = [approval[0]!, { name: 'CapturePurgedAfterTemplateV1', at: 1050 }, approval[1]!];
    expect(stageTimes(receivedAt, chain)).toEqual({ intake: 12, liveness: 100 });
  });

  it('never reports a negative time when clocks disagree', () => {
    expect(stageTimes(receivedAt, [{ name: 'VerificationSubmittedV1', at: 990 }])).toEqual({ intake: 0 });
  });
});

describe('decisionTime', () => {
  it('runs from the last fact to the decision', () => {
    expect(decisionTime(approval, new Date(1185))).toEqual({ decision: 5 });
  });

  it('is unknown without a chain', () => {
    expect(decisionTime([], new Date(1185))).toEqual({});
  });
});
