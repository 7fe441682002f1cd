import { describe, expect, it } from '@jest/globals';
import { problem as problemSchema } from '@absah/contracts';
import { ServiceError, type ErrorKind } from '@absah/domain-kit';
import { HttpException, ImATeapotException, NotFoundException } from '@nestjs/common';
import { z } from 'zod';
import { toProblem } from './problem.js';

function fastifyError(code: string, statusCode: number): Error {
  return Object.assign(new Error('said by the framework'), { code, statusCode });
}

const INTERNAL = {
  type: 'urn:absah:problem:service.internal',
  title: 'Something went wrong on our side',
  status: 500,
  code: 'SERVICE.INTERNAL',
  nextStep: 'Try again; if it continues, tell us the time of the request.',
};

describe('a ServiceError', () => {
  it.each<[ErrorKind, number]>([
    ['invalid', 400],
    ['denied', 403],
    ['missing', 404],
    ['conflict', 409],
    ['unavailable', 503],
    ['internal', 500],
  ])('of kind %s answers %d', (kind, status) => {
    const { problem } = toProblem(
      new ServiceError(kind, 'TEST.SAID_SO', 'it is so', { nextStep: 'Do that.' }),
    );
    expect(problem).toEqual({
      type: 'urn:absah:problem:test.said_so',
      title: 'it is so',
      status,
      code: 'TEST.SAID_SO',
      nextStep: 'Do that.',
    });
  });

  it('may name its status, its fields and the time of a retry', () => {
    const fields = [{ path: 'nik', problem: 'missing' }];
    const details = { httpStatus: 422, fields, other: 'not for callers' };
    const { problem, retryAfterSeconds } = toProblem(
      new ServiceError('invalid', 'TEST.FIELDS', 'fields are wrong', { details, retryAfterSeconds: 7 }),
    );
    expect(problem).toEqual({
      type: 'urn:absah:problem:test.fields',
      title: 'fields are wrong',
      status: 422,
      code: 'TEST.FIELDS',
      fields,
    });
    expect(retryAfterSeconds).toBe(7);
  });

  it('of a caller without a key answers 401', () => {
    expect(toProblem(new ServiceError('denied', 'TEST.KEY_UNAUTHENTICATED', 'no key')).problem.status).toBe(
      401,
    );
  });
});

describe('what the framework refuses', () => {
  it.each<[string, Error, number, string]>([
    ['an unknown path', new NotFoundException('Cannot GET /secret-path'), 404, 'HTTP.NOT_FOUND'],
    ['malformed JSON', fastifyError('FST_ERR_CTP_INVALID_JSON_BODY', 400), 400, 'HTTP.BAD_REQUEST'],
    ['a large body', fastifyError('FST_ERR_CTP_BODY_TOO_LARGE', 413), 413, 'HTTP.BODY_TOO_LARGE'],
    ['a large file', fastifyError('FST_REQ_FILE_TOO_LARGE', 413), 413, 'HTTP.BODY_TOO_LARGE'],
    ['a media type', fastifyError('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415), 415, 'HTTP.UNSUPPORTED_MEDIA_TYPE'],
    ['a refusal without words of ours', fastifyError('FST_INVALID_MULTIPART', 406), 400, 'HTTP.BAD_REQUEST'],
    ['another one', new ImATeapotException(), 400, 'HTTP.BAD_REQUEST'],
  ])('%s', (_, error, status, code) => {
    const { problem } = toProblem(error);
    expect(problem).toMatchObject({ status, code });
    expect(problemSchema.safeParse(problem).success).toBe(true);
    expect(JSON.stringify(problem)).not.toMatch(/secret-path|said by/);
  });
});

describe('anything else', () => {
  it.each<[string, unknown]>([
    ['an error', new Error('value 9999015508900001 is wrong')],
    ['an error of the framework itself', new HttpException('oops', 502)],
    ['a failure of the framework', fastifyError('FST_ERR_REP_ALREADY_SENT', 500)],
    [
      "a broker's error with a status of its own",
      Object.assign(new Error('stream not found'), { status: 404 }),
    ],
    ["an HTTP client's error", Object.assign(new Error('upstream'), { code: 'UPSTREAM', statusCode: 404 })],
    ['no error at all', { status: 400 }],
    ['nothing', undefined],
  ])('%s answers 500 and tells nothing', (_, thrown) => {
    expect(toProblem(thrown)).toEqual({ problem: INTERNAL });
  });
});

describe('a value that breaks a schema', () => {
  it('answers 400 with the names of the fields, and no value', () => {
    const schema = z.strictObject({ person: z.strictObject({ nik: z.string().length(16) }) });
    const error = schema.safeParse({ person: { nik: '123' }, extra: 'unheard-of' }).error;
    const { problem } = toProblem(error);
    expect(problem).toMatchObject({ status: 400, code: 'HTTP.BODY_INVALID' });
    expect(problem.fields).toEqual([
      { path: 'person.nik', problem: 'too_small' },
      { path: '(body)', problem: 'unrecognized_keys' },
    ]);
    expect(JSON.stringify(problem)).not.toMatch(/123|unheard-of/);
  });
});
