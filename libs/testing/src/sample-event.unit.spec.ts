import { CapturePassedV1, EVENTS } from '@absah/contracts';
import { describe, expect, it } from '@jest/globals';
import { sampleEvent } from './sample-event.js';

describe('sampleEvent', () => {
  it.each(EVENTS.map((contract) => [contract.name, contract] as const))('has one of %s', (_, contract) => {
    const sample = sampleEvent(contract);
    expect(contract.payload.safeParse(sample)).toEqual({ success: true, data: sample });
  });

  it('is about another case and another person each time, unless told', () => {
    const [one, other] = [sampleEvent(CapturePassedV1), sampleEvent(CapturePassedV1)];
    expect([one.caseId === other.caseId, one.subjectRef === other.subjectRef]).toEqual([false, false]);
    expect(sampleEvent(CapturePassedV1, { caseId: one.caseId, livenessScore: 1 })).toMatchObject({
      caseId: one.caseId,
      livenessScore: 1,
    });
  });

  it('refuses fields that break the contract', () => {
    expect(() => sampleEvent(CapturePassedV1, { livenessScore: 2 })).toThrow(/livenessScore/);
  });
});
