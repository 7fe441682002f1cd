import { ServiceError } from '@absah/domain-kit';

export function keyRefused(): ServiceError {
  return new ServiceError('denied', 'AUDIT.KEY_UNAUTHENTICATED', 'The log is for auditors', {
    nextStep: 'Send the auditor key: "Authorization: Bearer <key>".',
  });
}

export function caseIdMalformed(): ServiceError {
  return new ServiceError('invalid', 'AUDIT.CASE_ID_MALFORMED', 'A case id is a UUID', {
    nextStep: 'Use the id that the verification API answered with.',
  });
}

export function caseNotRecorded(): ServiceError {
  return new ServiceError('missing', 'AUDIT.CASE_NOT_RECORDED', 'The log holds nothing about this case', {
    nextStep: 'Check the id; an event of the last second may still be on its way.',
  });
}
