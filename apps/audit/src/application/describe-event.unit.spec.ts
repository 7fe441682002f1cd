import { CapturePassedV1, EVENTS } from '@absah/contracts';
import { sampleEvent } from '@absah/testing';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { describeEvent, eventName } from './describe-event.js';

describe('describeEvent', () => {
  it.each(EVENTS.map((contract) => [contract.name, contract] as const))(
    'A1 finds the case of a %s',
    (_, contract) => {
      const payload = sampleEvent(contract) as { caseId: string; subjectRef?: string };
      const { caseId, subjectRef } = payload;
      expect(describeEvent(contract.subject, JSON.stringify(payload))).toEqual({
        caseId,
        subjectRef,
        keepsContract: true,
      });
      expect(caseId).toMatch(/^[0-9a-f-]{36}$/);
      expect(eventName(contract.subject)).toBe(contract.name);
    },
  );

  it.each([
    [
      'an unknown subject',
      'evt.other.thing.happened.v1',
      '{"caseId":"01997a00-0000-7000-8000-000000000001"}',
    ],
    ['a broken contract', CapturePassedV1.subject, '{"caseId":"01997a00-0000-7000-8000-000000000001"}'],
    ['no JSON', CapturePassedV1.subject, 'not JSON'],
  ])('A1 keeps %s, found by position only', (_, subject, text) => {
    expect(describeEvent(subject, text)).toEqual({
      caseId: undefined,
      subjectRef: undefined,
      keepsContract: false,
    });
  });
});

describe('what the log may see of a person', () => {
  it.each(EVENTS.map((contract) => [contract.name, contract] as const))(
    'A1 %s names a person by reference or seal only',
    (_, contract) => {
      const names = JSON.stringify(z.toJSONSchema(contract.payload)).match(/"([A-Za-z]+)":/g) ?? [];
      expect(names).toContain('"caseId":');
      const personal = names.filter((name) =>
        /nik|msisdn|phone|birth|address|face|template|passport/i.test(name),
      );
      expect(personal.filter((name) => !/^"(sealed[A-Z]|templateId")/.test(name))).toEqual([]);
    },
  );
});
