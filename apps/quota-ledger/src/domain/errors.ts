import { ServiceError } from '@absah/domain-kit';

/** Resolved by redelivery: the reservation's message is behind the activation's. */
export function reservationNotSeen(): ServiceError {
  return new ServiceError('unavailable', 'QUOTA.RESERVATION_NOT_SEEN', 'no reservation for the case yet');
}

/** For a person: a SIM is active although its case was refused a slot. */
export function activatedWithoutGrant(): ServiceError {
  return new ServiceError('denied', 'QUOTA.ACTIVATED_WITHOUT_GRANT', 'the case was refused a slot', {
    nextStep: 'Ask the operator to deactivate the SIM of this case.',
  });
}

/** For a person: the reservation expired and others took every slot before the activation came. */
export function noSlotAtActivation(cap: number): ServiceError {
  return new ServiceError(
    'denied',
    'QUOTA.NO_SLOT_AT_ACTIVATION',
    'the reservation expired and no slot is left',
    {
      details: { cap },
      nextStep:
        'Ask the operator to deactivate the SIM of this case, or free another SIM of the person and replay.',
    },
  );
}

/** So many others were faster that looking again later is kinder than looping. */
export function slotsContended(): ServiceError {
  return new ServiceError('conflict', 'QUOTA.SLOTS_CONTENDED', 'the slots of one person are fought over');
}

export function policyMissing(scope: string): ServiceError {
  return new ServiceError('internal', 'QUOTA.POLICY_MISSING', 'no cap policy for the scope', {
    details: { scope },
  });
}
