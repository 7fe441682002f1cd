import { ServiceError } from '@absah/domain-kit';

/** Destroyed before the number was reported: nobody can report it any more. */
export function keyMissing(): ServiceError {
  return new ServiceError('missing', 'BALIKAN.KEY_MISSING', 'there is no key of this person (any more)', {
    nextStep:
      'Look for the subject in the table person_keys of privacy; report the number by hand if it has to be.',
  });
}
