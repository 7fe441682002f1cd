import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import type { LogFields } from './log-fields.js';
import { Logger } from './logger.js';
import { nestLogger } from './nest-logger.js';

/** Every fragment below is unique, so that finding one in the output means that a canary escaped. */
const NIK = '9999014101900001';
const MSISDN_TAIL = '31234567890'.slice(1, 8);
const IMAGE = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010101', 'hex'),
  Buffer.from(Array.from({ length: 2_000 }, (_, i) => (i * 73 + 41) % 256)),
]);
const TEMPLATE = Float32Array.from({ length: 512 }, (_, i) => Math.sin(i * 12.9898) * 0.73);
const TEMPLATE_BYTES = Buffer.from(TEMPLATE.buffer);

const PERSONAL_NUMBERS: readonly string[] = [
  NIK,
  `NIK ${NIK}.`,
  `nik${NIK}x`,
  '9999 0141 0190 0001',
  '9999-0141-0190-0001',
  '99.9901.410190.0001',
  ...['_', '/', '  ', ' - ', '%20', ' / ', '\u00a0', '::'].map((gap) =>
    ['9999', '0141', '0190', '0001'].join(gap),
  ),
  `${NIK}${NIK}`,
  `{"nik":"${NIK}"}`,
  ...['08', '628', '+628', '+62 8', '62-8', '0 8'].map((prefix) => `call ${prefix}${MSISDN_TAIL}12`),
  ...[' ', '-', '  ', '_', '/', '%20'].flatMap((gap) =>
    [`(0812)`, '0812', '812', '(+62) 812'].map((prefix) =>
      [prefix, MSISDN_TAIL.slice(0, 4), `${MSISDN_TAIL.slice(4)}9`].join(gap),
    ),
  ),
  `msisdn:812${MSISDN_TAIL}`,
  `+62 812-${MSISDN_TAIL.slice(0, 4)}-${MSISDN_TAIL.slice(4)}99`,
];

const CONTENTS: readonly string[] = [IMAGE, TEMPLATE_BYTES].flatMap((bytes) => [
  bytes.toString('latin1'),
  bytes.toString('utf8'),
  // In a notation that no pattern knows, its length gives it away.
  Array.from(bytes).join('; '),
  // Short enough to pass for a message: only the control characters give it away.
  bytes.toString('latin1', 0, 150),
  ...[bytes, bytes.subarray(20, 100)].flatMap((part) => [
    part.toString('base64'),
    part.toString('base64url'),
    part.toString('hex'),
    inspect(part),
    String(Uint8Array.from(part)),
    JSON.stringify(Uint8Array.from(part)),
  ]),
]);
const EMBEDDINGS: readonly string[] = [TEMPLATE, TEMPLATE.subarray(8, 24)].flatMap((part) => [
  String(part),
  inspect(part),
  JSON.stringify(part),
  JSON.stringify(Array.from(part)),
]);
const CANARIES = [...PERSONAL_NUMBERS, ...CONTENTS, ...EMBEDDINGS];

/** What must not be found: six characters of each are enough to recognise it. */
const TRACES: readonly RegExp[] = [
  /9999(?:%20|[^0-9]{0,3})0141/,
  /99\.9901\.410190/,
  new RegExp(MSISDN_TAIL.slice(0, 4)),
  new RegExp(IMAGE.subarray(20, 100).toString('base64').slice(4, 16).replaceAll('+', '\\+')),
  new RegExp(IMAGE.subarray(20, 100).toString('hex').slice(8, 24)),
  new RegExp(Array.from(IMAGE.subarray(24, 28)).join('[^0-9]+')),
  new RegExp(`:${IMAGE[24]},[\\\\"]+\\d+[\\\\"]+:${IMAGE[25]},`),
  new RegExp(inspect(IMAGE.subarray(24, 30)).slice(8, 24)),
  /ÿØÿ/,
  new RegExp(String(TEMPLATE[10]).slice(0, 8).replace('.', '\\.')),
  new RegExp(TEMPLATE_BYTES.subarray(20, 100).toString('hex').slice(8, 24)),
];

function outputOf(log: (logger: Logger) => void): string {
  const written: string[] = [];
  log(
    new Logger({ service: 'canary', level: 'debug', destination: { write: (line) => written.push(line) } }),
  );
  expect(written).not.toEqual([]);
  return written.join('');
}

function tracesIn(output: string): string[] {
  return TRACES.filter((trace) => trace.test(output)).map(String);
}

describe('personal data in a log (A3)', () => {
  it('is recognised by this test when it is there', () => {
    const unprotected = TRACES.filter((trace) => !CANARIES.some((canary) => trace.test(canary)));
    expect(unprotected).toEqual([]);
  });

  it.each([
    ['the message', (logger: Logger, canary: string) => logger.info(canary)],
    ['a text field', (logger: Logger, canary: string) => logger.info('sent', { reason: canary })],
    ['a list', (logger: Logger, canary: string) => logger.info('sent', { reasons: ['a', canary] })],
    ['a child', (logger: Logger, canary: string) => logger.child({ component: canary }).info('sent')],
    ['an unknown field', (logger: Logger, canary: string) => logger.info('sent', { canary } as LogFields)],
    ['the name of a field', (logger: Logger, canary: string) => logger.info('sent', { [canary]: 1 })],
    ['an error', (logger: Logger, canary: string) => logger.error('failed', { error: new Error(canary) })],
    [
      'an error with text around',
      (logger: Logger, canary: string) =>
        logger.error('failed', { error: new Error(`cannot read ${canary} as JSON`) }),
    ],
    [
      'an error of several lines',
      (logger: Logger, canary: string) =>
        logger.error('failed', { error: new Error(`first\n    at ${canary}\n    at x (${canary}:1:2)`) }),
    ],
    [
      'a cause',
      (logger: Logger, canary: string) =>
        logger.error('failed', {
          error: new Error('a', { cause: new Error('b', { cause: new Error(canary) }) }),
        }),
    ],
    [
      'what else an error carries',
      (logger: Logger, canary: string) => {
        const extras = { code: canary, kind: canary, name: canary, parameters: [canary], detail: canary };
        logger.error('failed', { error: Object.assign(new Error('a'), extras) });
      },
    ],
    ['a thrown text', (logger: Logger, canary: string) => logger.error('failed', { error: canary })],
    [
      'the framework',
      (logger: Logger, canary: string) => {
        nestLogger(logger).error(canary, `Error: ${canary}\n at y`, canary);
        nestLogger(logger).warn(new Error(canary), canary);
      },
    ],
  ])('does not leave through %s', (_, log) => {
    const escaped = CANARIES.flatMap((canary) =>
      tracesIn(outputOf((logger) => log(logger, canary))).map((trace) => `${canary.slice(0, 60)} → ${trace}`),
    );
    expect(escaped).toEqual([]);
  });

  it('does not leave as a number in a stack that was composed by hand', () => {
    for (const canary of PERSONAL_NUMBERS) {
      const error = new Error('failed elsewhere');
      error.stack = `Error: told by a worker\n    at open (/srv/${canary}/x.js:1:2)`;
      expect(tracesIn(outputOf((logger) => logger.error('failed', { error })))).toEqual([]);
    }
  });

  it('does not leave as bytes, numbers or objects in any field', () => {
    const values: readonly unknown[] = [
      IMAGE,
      TEMPLATE,
      TEMPLATE_BYTES,
      Number(NIK),
      { nik: NIK },
      [IMAGE],
      [[NIK]],
    ];
    for (const value of values) {
      const output = outputOf((logger) =>
        logger.error('sent', { reason: value, reasons: value, count: value, error: value } as LogFields),
      );
      expect(tracesIn(output)).toEqual([]);
    }
  });
});

describe('what a log may say', () => {
  it.each([
    'template-extraction--evt-liveness-capture-passed-v1',
    'evt.capture.verification.submitted.v1',
    '2026-07-04T03:02:01.000Z',
    'connect ECONNREFUSED 127.0.0.1:5432',
    'duplicate key value violates unique constraint "reservations_case_id_key"',
    'a'.repeat(64),
    `expected digest ${'0123456789abcdef'.repeat(4).replaceAll('0123456789', 'a1b2c3d4e5')}, found none`,
    '01932f00-0000-7000-8000-000000000001',
    '99990141-0190-7000-8000-628120000000',
    'case 01932f00-0812-7000-8123-456789012345 is unknown',
    'valid from 2026-07-04T08:12:34.567890Z to 2026-07-04T00:08:12.345+07:00',
    'digest 812345678901' + 'a'.repeat(52),
    'ratio 1.81234567890',
  ])('%s', (text) => {
    expect(outputOf((logger) => logger.info(text, { reason: text }))).toContain(JSON.stringify(text));
  });
});
