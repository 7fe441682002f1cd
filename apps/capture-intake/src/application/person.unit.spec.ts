import { ServiceError } from '@absah/domain-kit';
import { describe, expect, it } from '@jest/globals';
import { readPerson } from './person.js';
import { parseRequest } from './request.js';

const receivedAt = new Date('2026-07-01T08:00:05.000Z');
const good = {
  nik: '9999014101900001',
  msisdn: '+6281200000001',
  consent: { purpose: 'sim-registration', version: '2026-07', givenAt: '2026-07-01T08:00:00.000Z' },
};

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

function refusalOf(value: Uint8Array): ServiceError {
  try {
    readPerson(parseRequest(value), receivedAt);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('readPerson', () => {
  it('normalises the number and keeps the consent as it was given', () => {
    expect(readPerson(parseRequest(bytes(good)), receivedAt)).toEqual({
      nik: '9999014101900001',
      msisdn: '6281200000001',
      consent: good.consent,
    });
  });

  const { consent } = good;
  it.each([
    ['the NIK before the MSISDN', { ...good, nik: '1', msisdn: '1' }, 'INTAKE.NIK_MALFORMED'],
    ['the MSISDN before the time of consent', { ...good, msisdn: '1' }, 'INTAKE.MSISDN_MALFORMED'],
    ['the shape before the NIK', { ...good, nik: '1', extra: 1 }, 'INTAKE.REQUEST_INVALID'],
    ['a missing NIK before a missing consent', { msisdn: good.msisdn }, 'INTAKE.REQUEST_INVALID'],
    [
      'a consent without version',
      { ...good, consent: { ...consent, version: undefined } },
      'INTAKE.CONSENT_INVALID',
    ],
    // The audit log forgets nothing, so no free text of a caller may reach it (A3).
    ...['9999015508900001', '2026-13', 'v 2026-07', '\u0000', '\ud800'].map(
      (version) =>
        [
          `a consent of version ${JSON.stringify(version)}`,
          { ...good, consent: { ...consent, version } },
          'INTAKE.CONSENT_INVALID',
        ] as const,
    ),
    ['a consent as text', { ...good, consent: 'yes' }, 'INTAKE.CONSENT_MISSING'],
    [
      'a consent that is an unzoned time',
      { ...good, consent: { ...consent, givenAt: '2026-07-01' } },
      'INTAKE.CONSENT_INVALID',
    ],
    ['text', 'NIK', 'INTAKE.JSON_MALFORMED'],
    ['null', null, 'INTAKE.REQUEST_INVALID'],
  ])('refuses %s', (_, value, code) => {
    expect(refusalOf(bytes(value)).code).toBe(code);
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(refusalOf(Buffer.from([0x22, 0xff, 0x22])).code).toBe('INTAKE.JSON_MALFORMED');
  });

  it('never repeats what was sent (A3)', () => {
    for (const value of [
      `{"nik":"${good.nik}"`,
      { ...good, nik: `${good.nik}1` },
      { ...good, nik: [good.nik] },
    ]) {
      const { message, details, nextStep, cause } = refusalOf(bytes(value));
      expect(JSON.stringify([message, details, nextStep, String(cause)])).not.toContain(good.nik);
    }
  });

  it('shortens and limits the names of unknown fields', () => {
    const flood = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${'x'.repeat(90)}${i}`, 1]));
    const fields = refusalOf(bytes({ ...good, ...flood })).details['fields'] as { path: string }[];
    expect(fields).toHaveLength(10);
    expect(fields.map(({ path }) => path.length)).toEqual(Array(10).fill(64));
  });
});
