import { ServiceError } from '@absah/domain-kit';

export function adminUnauthenticated(): ServiceError {
  return new ServiceError('denied', 'SANDBOX.ADMIN_UNAUTHENTICATED', 'the admin token is missing or wrong', {
    nextStep: 'Send "Authorization: Bearer" with the value of ADMIN_TOKEN.',
  });
}

export function nikMalformed(): ServiceError {
  return new ServiceError('invalid', 'SANDBOX.NIK_MALFORMED', 'this is not a NIK', {
    nextStep: 'Send 16 digits with a possible birth date, for instance 9999014101900001.',
  });
}

export function templateMalformed(): ServiceError {
  return new ServiceError('invalid', 'SANDBOX.TEMPLATE_MALFORMED', 'the template cannot be read', {
    nextStep: 'Send the bytes of a face template in base64, unchanged.',
  });
}

export function personMissing(): ServiceError {
  return new ServiceError('missing', 'SANDBOX.PERSON_MISSING', 'nobody is enrolled under this NIK', {
    nextStep: 'Enrol the person with PUT /sandbox/v1/people first.',
  });
}

export function callerNotCertified(): ServiceError {
  return new ServiceError(
    'denied',
    'SANDBOX.CALLER_NOT_CERTIFIED',
    'the network of the registry admits certified callers only',
    { nextStep: 'Connect with a client certificate of the authority in CLIENT_CA_FILE.' },
  );
}
