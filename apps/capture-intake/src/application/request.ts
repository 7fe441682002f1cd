import { verificationRequest, type VerificationRequest } from '@absah/contracts';
import type { z } from 'zod';
import { refusal, type FieldProblem } from '../domain/errors.js';

/** Reads the shape of the part `request`. What is wrong is named by field, and never quoted. */
export function parseRequest(json: Uint8Array): VerificationRequest {
  const parsed = verificationRequest.safeParse(parseJson(json));
  if (!parsed.success) throw shapeRefusal(parsed.error.issues);
  return parsed.data;
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
