import { describe, expect, it } from '@jest/globals';
import { ServiceError } from '@absah/domain-kit';
import type { LogFields } from './log-fields.js';
import { Logger, type LogLevel } from './logger.js';
import { installTracePropagation, newTraceparent, withTraceparent } from './trace-context.js';

const CASE_ID = '01932f00-0000-7000-8000-000000000001';
const SUBJECT_REF = '9'.repeat(64);

function capture(level: LogLevel = 'info') {
  const written: string[] = [];
  const logger = new Logger({
    service: 'quota-ledger',
    level,
    destination: { write: (line) => written.push(line) },
  });
  const lines = () => written.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, written, lines };
}

describe('Logger', () => {
  it('writes one JSON line per outcome, with the service and the facts under their attribute names', () => {
    const { logger, lines } = capture();
    logger.info('slot reserved', {
      caseId: CASE_ID,
      subjectRef: SUBJECT_REF,
      remaining: 2,
      reasons: ['blurred'],
    });
    expect(lines()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        'service.name': 'quota-ledger',
        message: 'slot reserved',
        'absah.case.id': CASE_ID,
        'absah.subject.ref': SUBJECT_REF,
        'absah.remaining': 2,
        'absah.reasons': ['blurred'],
      },
    ]);
  });

  it('keeps still below its level', () => {
    const { logger, lines } = capture('warn');
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
    expect(lines().map((line) => line['message'])).toEqual(['c', 'd']);
  });

  it('gives the fields of a child to each of its lines', () => {
    const { logger, lines } = capture();
    logger.child({ consumer: 'quota-ledger-x' }).child({ attempt: 2 }).info('done', { count: 1 });
    expect(lines()[0]).toMatchObject({
      'messaging.consumer.group.name': 'quota-ledger-x',
      'absah.attempt': 2,
      'absah.count': 1,
    });
  });

  it('ties a line to the trace it was written in', () => {
    installTracePropagation();
    const { logger, lines } = capture();
    const traceparent = newTraceparent();
    withTraceparent(traceparent, () => logger.info('inside'));
    logger.info('outside');
    const [, traceId, spanId] = traceparent.split('-');
    expect(lines()[0]).toMatchObject({ trace_id: traceId, span_id: spanId });
    expect(lines()[1]).not.toHaveProperty('trace_id');
  });

  it('drops fields that nobody allowed, though a cast let them through, and tells how many', () => {
    const { logger, lines } = capture();
    const fields = { count: 1, name: 'Siti', payload: { a: 1 }, constructor: 'x' } as LogFields;
    logger.info('sent', fields);
    expect(lines()[0]).toMatchObject({ 'absah.count': 1, 'absah.log.dropped_fields': 3 });
    expect(JSON.stringify(lines())).not.toMatch(/Siti|payload|constructor/);
  });

  it('does not compile with a field that nobody allowed', () => {
    const { logger } = capture();
    // @ts-expect-error the allow-list is a type as well
    logger.info('sent', { nik: 'x' });
    // @ts-expect-error and it says what a field may hold
    logger.info('sent', { count: 'three' });
    expect(() => logger.info('sent', { count: undefined })).not.toThrow();
  });

  it.each([
    ['text beyond 200 characters', { reason: 'x'.repeat(201) }],
    ['a typed array', { reason: new Uint8Array(4) }],
    ['an object', { caseId: { id: 1 } }],
    ['a list with something else than text', { reasons: ['blurred', 3] }],
    ['a list of hundreds', { reasons: Array.from({ length: 300 }, () => 'a') }],
    ['a number that is not one', { count: Number.NaN }],
    ['a NIK as a number', { count: 3_171_014_101_900_001 }],
    ['an MSISDN as a number', { count: 6_281_200_000_001 }],
  ])('drops %s', (_, fields) => {
    const { logger, lines } = capture();
    logger.info('sent', fields as unknown as LogFields);
    expect(Object.keys(lines()[0]!).sort()).toEqual([
      'absah.log.dropped_fields',
      'level',
      'message',
      'service.name',
      'time',
    ]);
  });
});

describe('what was caught', () => {
  const root = Object.assign(new Error('connect ECONNREFUSED'), {
    code: 'ECONNREFUSED',
    address: 'db.internal',
  });
  const thrown = new ServiceError('unavailable', 'IKD.TIMED_OUT', 'the registry does not answer', {
    cause: new Error('request failed', { cause: root }),
    details: { secretDetail: 'not for the log' },
  });

  it('is told with code, kind and message of the whole chain, and with its stack at error level', () => {
    const { logger, lines } = capture();
    logger.error('registry not asked', { error: thrown });
    expect(lines()[0]!['error']).toEqual({
      type: 'ServiceError',
      code: 'IKD.TIMED_OUT',
      kind: 'unavailable',
      message: 'the registry does not answer',
      causes: [
        { type: 'Error', message: 'request failed' },
        { type: 'Error', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' },
      ],
      stack: expect.arrayContaining([expect.stringMatching(/^at .*logger\.unit\.spec/)]),
    });
    expect(JSON.stringify(lines())).not.toMatch(/secretDetail|db\.internal/);
  });

  it('is told without its stack below error level', () => {
    const { logger, lines } = capture();
    logger.warn('registry not asked', { error: thrown });
    expect(lines()[0]!['error']).toMatchObject({ code: 'IKD.TIMED_OUT' });
    expect(lines()[0]!['error']).not.toHaveProperty('stack');
  });

  it('says which address refused when all of them did', () => {
    const { logger, lines } = capture();
    logger.warn('no database', { error: new AggregateError([root]) });
    expect(lines()[0]!['error']).toMatchObject({ causes: [{ code: 'ECONNREFUSED' }] });
  });

  it('ends with a chain that bites its tail', () => {
    const { logger, lines } = capture();
    const circular = new Error('round');
    circular.cause = circular;
    logger.error('failed', { error: circular });
    expect(lines()[0]!['error']).toMatchObject({ message: 'round' });
  });

  it.each([['text 9999014101900001'], [{ nik: '9999014101900001' }], [undefined]])(
    'is told by its type alone when it is no Error: %j',
    (error) => {
      const { logger, written } = capture();
      logger.error('failed', { error });
      expect(written.join('')).not.toContain('9999014101900001');
    },
  );
});
