import { ServiceError } from '@absah/domain-kit';

/** Resolved by redelivery: the reservation's message is behind. */
export function reservationNotSeen(): ServiceError {
  return new ServiceError('unavailable', 'QUOTA.RESERVATION_NOT_SEEN', 'no reservation for the case yet');
}

/** Resolved by redelivery: somebody else is posting the slot that is to be released. */
export function slotInMotion(): ServiceError {
  return new ServiceError('conflict', 'QUOTA.SLOT_IN_MOTION', 'the slot of the case is being moved');
}

/** For a person: a SIM is active although its case was refused a slot. */
export function activatedWithoutGrant(): ServiceError {
  return new ServiceError('denied', 'QUOTA.ACTIVATED_WITHOUT_GRANT', 'the case was refused a slot', {
    nextStep: 'Ask the operator to deactivate the SIM of this case.',
  });
}

/** For a person: the intake had said that the case was over, which only a rewound database can undo. */
export function activatedAfterItsEnd(): ServiceError {
  return new ServiceError(
    'denied',
    'QUOTA.ACTIVATED_AFTER_ITS_END',
    'the slot of the case was freed on the word of the intake',
    {
      nextStep:
        'Find out whether the database of capture-intake was restored to an earlier time, and ask the operator to deactivate the SIM of this case.',
    },
  );
}

/** For a person: what was deregistered never had a slot. */
export function deregisteredWithoutSlot(): ServiceError {
  return new ServiceError('denied', 'QUOTA.DEREGISTERED_WITHOUT_SLOT', 'the case never held a posted slot', {
    nextStep: 'Read the statement of the person and compare it with the case at capture-intake.',
  });
}

/** Resolved by redelivery: others were faster, and what they did is seen only by looking again. */
export function slotsContended(): ServiceError {
  return new ServiceError('conflict', 'QUOTA.SLOTS_CONTENDED', 'the slots of one person are fought over');
}

export function policyMissing(document: string): ServiceError {
  return new ServiceError('internal', 'QUOTA.POLICY_MISSING', 'no cap rule for the document', {
    details: { document },
  });
}

export function policyContradicted(revision: number): ServiceError {
  return new ServiceError(
    'invalid',
    'QUOTA.POLICY_CONTRADICTED',
    'the configured caps differ from those in force under the same revision',
    { details: { revision }, nextStep: 'Raise CAP_POLICY_REVISION together with the caps, in all replicas.' },
  );
}
