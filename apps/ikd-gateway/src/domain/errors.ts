import { ServiceError } from '@absah/domain-kit';

/** The owner of the template says that there is none: the case cannot be verified without a new capture. */
export function templateMissing(): ServiceError {
  return new ServiceError('missing', 'IKD_GATEWAY.TEMPLATE_MISSING', 'the sealed template is not there', {
    nextStep: 'Look for the template id in the database of template-extraction.',
  });
}

/** What intake sealed was no NIK: a defect of ours, not of the person. */
export function sealedNikMalformed(): ServiceError {
  return new ServiceError('invalid', 'IKD_GATEWAY.SEALED_NIK_MALFORMED', 'the sealed value is not a NIK', {
    nextStep: 'Look for the case in the database of capture-intake: another program wrote it.',
  });
}
