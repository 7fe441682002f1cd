import { beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  currentTraceparent,
  installTracePropagation,
  newTraceparent,
  withTraceparent,
} from './trace-context.js';

const W3C = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-01$/;

beforeAll(() => {
  installTracePropagation();
  installTracePropagation();
});

describe('trace context', () => {
  it('is absent where no request is', () => {
    expect(currentTraceparent()).toBeUndefined();
  });

  it('continues the trace that came in, across awaits and timers', async () => {
    const received = newTraceparent();
    await withTraceparent(received, async () => {
      await sleep(1);
      expect(currentTraceparent()).toBe(received);
    });
    expect(currentTraceparent()).toBeUndefined();
  });

  it('keeps concurrent requests apart', async () => {
    const seen = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const received = newTraceparent();
        const later = await withTraceparent(received, () => sleep(index % 5).then(currentTraceparent));
        return later === received;
      }),
    );
    expect(seen).toEqual(seen.map(() => true));
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`,
    `ff-${'1'.repeat(32)}-${'1'.repeat(16)}-01`,
  ])('starts a new trace when %j came in', (received) => {
    const outer = newTraceparent();
    withTraceparent(outer, () => {
      const started = withTraceparent(received, currentTraceparent);
      expect(started).toMatch(W3C);
      expect(started).not.toBe(outer);
    });
  });

  it('never gives two traces the same ids', () => {
    const made = Array.from({ length: 1_000 }, newTraceparent);
    expect(made.every((traceparent) => W3C.test(traceparent))).toBe(true);
    expect(new Set(made).size).toBe(1_000);
  });
});
