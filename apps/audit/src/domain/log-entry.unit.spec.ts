import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sha256 } from '../../test/rfc-9162.js';
import { entryBytes, type LoggedEvent } from './log-entry.js';

const event: LoggedEvent = {
  messageId: '01997a00-0000-7000-8000-000000000001',
  subject: 'evt.quota.slot.posted.v1',
  occurredAt: '2026-07-01T00:00:00.000Z',
  payload: Buffer.from('{"caseId":"x"}'),
};

describe('entryBytes', () => {
  it('A2 can be made again with printf and sha256sum', () => {
    // printf 'absah-log-entry/v1\n01997a00-…\nevt.quota.slot.posted.v1\n2026-07-01T00:00:00.000Z\n{"caseId":"x"}' | sha256sum
    const digest = '4f2650c01a457078b90e5dae288a26a4675a002c29c2e48c55726166429aaec2';
    expect(sha256(entryBytes(event)).toString('hex')).toBe(digest);
  });

  it('A2 differs for events that differ in anything', () => {
    const line = fc.stringMatching(/^[!-~]{1,20}$/);
    const anyEvent = fc.record({
      messageId: line,
      subject: line,
      occurredAt: line,
      payload: fc.uint8Array({ maxLength: 40 }),
    });
    fc.assert(
      fc.property(anyEvent, anyEvent, (a, b) => {
        const same = Buffer.compare(entryBytes(a), entryBytes(b)) === 0;
        expect(same).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  it('A2 keeps a payload that ends one field and begins another in its place', () => {
    const moved = { ...event, occurredAt: '', payload: Buffer.from(`${event.occurredAt}\n{"caseId":"x"}`) };
    expect(Buffer.compare(entryBytes(moved), entryBytes(event))).not.toBe(0);
  });
});
