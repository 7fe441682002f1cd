import { isOpen } from '../clients/client-book.js';
import type { Evidence } from '../evidence/evidence.js';
import { NEVER_APPROVED } from '../plan/visit-kinds.js';
import { findingOf, missing, repeated, type Finding } from './finding.js';

type Needs = Pick<Evidence, 'requests' | 'cases' | 'accesses' | 'verifications'>;

/** What may become of a case after a client was told of a status. Anything else was not true. */
const SUCCESSORS: Readonly<Record<string, ReadonlySet<string>>> = {
  approved: new Set(['approved', 'activated', 'deactivated', 'expired', 'cancelled']),
  activated: new Set(['activated', 'deactivated']),
  'needs-assistance': new Set(['needs-assistance', 'expired']),
};

export const REGISTERED: ReadonlySet<string> = new Set(['activated', 'deactivated']);
export const APPROVED: ReadonlySet<string> = new Set(['approved', ...REGISTERED]);

/** Whatever a client was told is so, and every case came to a decision. */
export function comparePromises({ requests, cases }: Needs): readonly Finding[] {
  const kept = new Map(cases.map((one) => [one.id, one.status]));
  const told = requests.flatMap((request) =>
    request.caseId === undefined
      ? []
      : { ...request, caseId: request.caseId, status: kept.get(request.caseId) },
  );
  const broken = (what: string, isBroken: (one: (typeof told)[number]) => boolean) =>
    findingOf(
      'lost',
      what,
      told.filter(isBroken).map(({ caseId }) => caseId),
    );
  return [
    ...broken('cases that a client was told of', ({ status }) => status === undefined),
    ...broken(
      'decisions that a client was told of and that no longer hold',
      ({ status, statuses }) => status !== undefined && !statuses.every((heard) => mayBecome(heard, status)),
    ),
    ...broken(
      'activations that a client was told of',
      ({ status = '', activation }) => activation === 'told' && !REGISTERED.has(status),
    ),
    ...broken(
      'deactivations that a client was told of',
      ({ status, deactivation }) => deactivation === 'told' && status !== 'deactivated',
    ),
    ...findingOf(
      'lost',
      'cases without a decision',
      cases.filter(({ status }) => isOpen(status)).map(({ id }) => id),
    ),
  ];
}

/** Each request made one case at most, a refused one none, and nobody else made any. */
export function compareRequests({ requests, cases }: Needs): readonly Finding[] {
  const refused = new Set(requests.filter(({ answer }) => answer === 'refused').map(({ id }) => id));
  const requestIds = cases.map(({ requestId }) => requestId);
  return [
    ...findingOf('doubled', 'requests with more than one case', repeated(requestIds)),
    ...findingOf(
      'doubled',
      'cases of requests that were refused',
      cases.filter(({ requestId }) => refused.has(requestId)).map(({ id }) => id),
    ),
    ...findingOf(
      'doubled',
      'cases that nobody asked for',
      missing(
        requestIds,
        requests.map(({ id }) => id),
      ),
    ),
  ];
}

/** An approval stands on a match that the registry has on record, and on a face that could match (V9). */
export function compareApprovals({ requests, cases, accesses, verifications }: Needs): readonly Finding[] {
  const matches = new Set(
    verifications.filter(({ isMatch }) => isMatch).map(({ transactionId }) => transactionId),
  );
  const matched = new Set(
    accesses.filter(({ transactionId }) => matches.has(transactionId)).map(({ caseId }) => caseId),
  );
  const kinds = new Map(requests.map(({ id, kind }) => [id, kind]));
  const approved = cases.filter(({ status }) => APPROVED.has(status));
  const impossible = approved.filter(({ requestId }) => {
    const kind = kinds.get(requestId);
    return kind !== undefined && NEVER_APPROVED.has(kind);
  });
  const toldSo = requests.filter(({ statuses }) => statuses.some((status) => APPROVED.has(status)));
  return [
    ...findingOf(
      'approvedWithoutMatch',
      'approvals without a match on the registry’s record',
      [...approved.map(({ id }) => id), ...toldSo.flatMap(({ caseId }) => caseId ?? [])].filter(
        (id) => !matched.has(id),
      ),
    ),
    ...findingOf(
      'approvedWithoutMatch',
      'approvals of people who cannot match',
      impossible.map(({ id }) => id),
    ),
  ];
}

/** Who was asked about at the registry is in the access log, and nobody else was (G5). */
export function compareAccesses({ cases, accesses, verifications }: Needs): readonly Finding[] {
  return [
    ...findingOf(
      'lost',
      'questions to the registry that the access log lacks',
      missing(
        verifications.map(({ transactionId }) => transactionId),
        accesses.map(({ transactionId }) => transactionId),
      ),
    ),
    ...findingOf(
      'doubled',
      'questions to the registry about no case',
      missing(
        accesses.map(({ caseId }) => caseId),
        cases.map(({ id }) => id),
      ),
    ),
    ...findingOf(
      'doubled',
      'answers of the registry to one transaction',
      repeated(verifications.map(({ transactionId }) => transactionId)),
    ),
  ];
}

function mayBecome(told: string, status: string): boolean {
  return isOpen(told) || told === status || SUCCESSORS[told]?.has(status) === true;
}
