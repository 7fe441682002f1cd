import { ServiceError } from '@absah/domain-kit';

/** Nobody knows the key under which the row was sealed; it stays due until privacy's row is restored. */
export function keyMissing(): ServiceError {
  return new ServiceError('missing', 'BALIKAN.KEY_MISSING', 'there is no key of this person', {
    nextStep:
      'Look for the subject in the table person_keys of privacy; report the number by hand if it has to be.',
  });
}
