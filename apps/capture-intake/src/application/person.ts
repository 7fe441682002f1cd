import { verificationRequest } from '@absah/contracts';
import { parseMsisdn, parseNik, type Msisdn, type Nik } from '@absah/domain-kit';
import type { z } from 'zod';
import { wasGivenBefore } from '../domain/consent.js';
import { refusal, type FieldProblem } from '../domain/errors.js';
import type { Consent } from '../domain/verification-case.js';

/** Whom the operator asks about, with what that person agreed to. */
export interface Person {
  readonly nik: Nik;
  readonly msisdn: Msisdn;
  readonly consent: Consent;
}

/** Reads the part `request`. What is wrong is named by field, and never quoted. */
export function readPerson(json: Uint8Array, receivedAt: Date): Person {
  const parsed = verificationRequest.safeParse(parseJson(json));
  if (!parsed.success) throw shapeRefusal(parsed.error.issues);
  const { nik: nikText, msisdn: msisdnText, consent } = parsed.data;
  const nik = parseNik(nikText);
  if (!nik) throw refusal('INTAKE.NIK_MALFORMED');
  const msisdn = parseMsisdn(msisdnText);
  if (!msisdn) throw refusal('INTAKE.MSISDN_MALFORMED');
  if (!wasGivenBefore(new Date(consent.givenAt), receivedAt)) throw refusal('INTAKE.CONSENT_INVALID');
  return { nik, msisdn, consent };
}

function parseJson(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    // No cause: the parser's message quotes the text.
    throw refusal('INTAKE.JSON_MALFORMED');
  }
}

type Issue = z.core.$ZodIssue;

/** When consent is all that is wrong, the operator has to talk to a person, not to a programmer. */
function shapeRefusal(issues: readonly Issue[]) {
  const fields = issues.flatMap(fieldProblems).slice(0, MAX_FIELDS);
  if (!issues.every((issue) => issue.path[0] === 'consent'))
    return refusal('INTAKE.REQUEST_INVALID', { fields });
  const absent = issues.some((issue) => issue.path.length === 1 && issue.code === 'invalid_type');
  return refusal(absent ? 'INTAKE.CONSENT_MISSING' : 'INTAKE.CONSENT_INVALID', { fields });
}

const MAX_FIELDS = 10;
const MAX_NAME_LENGTH = 64;

/** Field names of the caller are returned shortened: somebody may have put a value where a name belongs. */
function fieldProblems(issue: Issue): FieldProblem[] {
  const path = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return [{ path, problem: issue.message }];
  const prefix = path && `${path}.`;
  return issue.keys.map((key) => ({
    path: prefix + key.slice(0, MAX_NAME_LENGTH),
    problem: 'unknown field',
  }));
}
