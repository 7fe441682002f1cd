import type { VerificationRequest } from '@absah/contracts';
import { parseMsisdn, parseNik, type Msisdn, type Nik } from '@absah/domain-kit';
import { wasGivenBefore } from '../domain/consent.js';
import { refusal } from '../domain/errors.js';
import type { Consent } from '../domain/verification-case.js';

/** Whom the operator asks about, with what that person agreed to. */
export interface Person {
  readonly nik: Nik;
  readonly msisdn: Msisdn;
  readonly consent: Consent;
}

export function readPerson(request: VerificationRequest, receivedAt: Date): Person {
  const nik = parseNik(request.nik);
  if (!nik) throw refusal('INTAKE.NIK_MALFORMED');
  const msisdn = parseMsisdn(request.msisdn);
  if (!msisdn) throw refusal('INTAKE.MSISDN_MALFORMED');
  const { consent } = request;
  if (!wasGivenBefore(new Date(consent.givenAt), receivedAt)) throw refusal('INTAKE.CONSENT_INVALID');
  return { nik, msisdn, consent };
}
