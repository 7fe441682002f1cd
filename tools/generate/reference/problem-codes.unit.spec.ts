import { describe, expect, it } from '@jest/globals';
import { problemCodes } from './problem-codes.js';

const found = (text: string) => problemCodes([{ path: 'apps/kiosk/src/domain/errors.ts', text }]);

describe('problemCodes', () => {
  it('reads an error that is thrown', () => {
    const text = `throw new ServiceError('missing', 'KIOSK.GONE', 'it is gone', { nextStep: 'Look elsewhere.' });`;
    expect(found(text)).toEqual([
      {
        project: 'kiosk',
        code: 'KIOSK.GONE',
        kind: 'missing',
        title: 'it is gone',
        nextStep: 'Look elsewhere.',
        httpStatus: undefined,
      },
    ]);
  });

  it('reads an error class', () => {
    const text = `class Broken extends ServiceError { constructor() { super('invalid', 'KIOSK.BROKEN', 'broken'); } }`;
    expect(found(text)).toEqual([expect.objectContaining({ code: 'KIOSK.BROKEN', kind: 'invalid' })]);
  });

  it('reads a table of refusals with its statuses', () => {
    const text = `const R = { 'KIOSK.TOO_BIG': { kind: 'invalid', httpStatus: 413, title: 'too big' } };`;
    expect(found(text)).toEqual([expect.objectContaining({ code: 'KIOSK.TOO_BIG', httpStatus: 413 })]);
  });

  it('reads a problem that is answered under its status', () => {
    const text = `const F = { 404: { code: 'KIOSK.NOT_FOUND', title: 'nothing here', nextStep: 'Check the path.' } };`;
    expect(found(text)).toEqual([
      expect.objectContaining({ code: 'KIOSK.NOT_FOUND', kind: 'missing', httpStatus: 404 }),
    ]);
  });

  it('shows where a title names what it is about', () => {
    const text = 'throw new ServiceError("invalid", "KIOSK.BAD", `${this.contract.name} is bad`);';
    expect(found(text)).toEqual([expect.objectContaining({ title: '{contract.name} is bad' })]);
  });

  it('passes over another class of errors', () => {
    expect(found(`throw new RangeError('invalid', 'KIOSK.RANGE', 'x');`)).toEqual([]);
  });
});
