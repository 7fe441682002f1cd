import { describe, expect, it } from '@jest/globals';
import { headers } from '@nats-io/nats-core';
import { extendTimeline, HEADER, type Envelope } from './envelope.js';
import { fromHeaders, toHeaders } from './envelope-headers.js';

const FULL: Envelope = {
  messageId: '0193f0c0-0000-7000-8000-000000000001',
  correlationId: '0193f0c0-0000-7000-8000-000000000002',
  causationId: '0193f0c0-0000-7000-8000-000000000003',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  occurredAt: '2026-11-22T03:00:00.000Z',
  timeline: [
    { name: 'VerificationSubmittedV1', at: 1_795_000_000_000 },
    { name: 'CapturePassedV1', at: 1_795_000_000_050 },
  ],
};

const { causationId: _, traceparent: __, ...FIRST_OF_ITS_KIND } = FULL;

describe('an envelope', () => {
  it.each([
    ['with everything', FULL],
    ['without cause and trace', FIRST_OF_ITS_KIND],
  ])('%s survives the wire', (__name, envelope) => {
    expect(fromHeaders(toHeaders(envelope))).toEqual(envelope);
  });

  it.each([HEADER.messageId, HEADER.occurredAt])('is none without %s', (name) => {
    const received = toHeaders(FULL);
    received.delete(name);
    expect(fromHeaders(received)).toBeUndefined();
  });

  it.each([
    [HEADER.messageId, 'x'.repeat(129)],
    [HEADER.messageId, 'a\0b'],
    [HEADER.messageId, 'é'],
    [HEADER.occurredAt, 'yesterday'],
    [HEADER.occurredAt, '2026-13-41T03:00:00Z'],
    [HEADER.occurredAt, `2026-11-22T03:00:00.${'0'.repeat(40)}Z`],
  ])('is none with %s %j', (name, value) => {
    const received = toHeaders(FULL);
    received.set(name, value);
    expect(fromHeaders(received)).toBeUndefined();
  });

  it('leaves out what is too long or not printable for a correlation, a cause and a trace', () => {
    const received = toHeaders(FULL);
    received.set(HEADER.correlationId, 'x'.repeat(129));
    received.set(HEADER.causationId, 'a\0b');
    received.set(HEADER.traceparent, 'é');
    expect(fromHeaders(received)).toEqual({ ...FIRST_OF_ITS_KIND, correlationId: FULL.messageId });
  });

  it('is none without headers', () => {
    expect(fromHeaders(undefined)).toBeUndefined();
  });

  it('correlates with itself when nobody said otherwise, and drops timeline points it cannot read', () => {
    const received = headers();
    received.set(HEADER.messageId, FULL.messageId);
    received.set(HEADER.occurredAt, FULL.occurredAt);
    received.set(HEADER.timeline, 'CapturePassedV1=12;broken;=3;A=-1;B=4x');
    expect(fromHeaders(received)).toEqual({
      messageId: FULL.messageId,
      correlationId: FULL.messageId,
      occurredAt: FULL.occurredAt,
      timeline: [{ name: 'CapturePassedV1', at: 12 }],
    });
  });
});

describe('a timeline', () => {
  it('keeps its latest 32 points', () => {
    const points = Array.from({ length: 40 }, (_point, at) => ({ name: 'E', at }));
    const timeline = points.reduce<Envelope['timeline']>((soFar, point) => extendTimeline(soFar, point), []);
    expect(timeline).toEqual(points.slice(-32));
  });
});
