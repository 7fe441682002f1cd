import type { ToldRequest } from '../clients/client-book.js';
import type { Evidence } from '../evidence/evidence.js';
import { NEVER_APPROVED } from '../plan/visit-kinds.js';
import { APPROVED, REGISTERED } from './compare-cases.js';
import { findingOf, type Finding } from './finding.js';

const CAP_REACHED = 'quota-cap-reached';
const CHALLENGE_EXPIRED = 'INTAKE.CHALLENGE_EXPIRED';

/** Nobody who may have a SIM was turned away, and everybody got an answer. */
export function compareRefusals({
  requests,
  cases,
}: Pick<Evidence, 'requests' | 'cases'>): readonly Finding[] {
  const ofRequest = new Map(cases.map((one) => [one.requestId, one]));
  const statusOf = (id: string): string => ofRequest.get(id)?.status ?? '';
  const idsOf = (isSo: (request: ToldRequest) => boolean) => requests.filter(isSo).map(({ id }) => id);
  const turnedAway = requests.filter((request) => request.answer === 'refused' && !mayBeRefused(request));
  const recognisable = requests.filter(({ kind }) => !NEVER_APPROVED.has(kind));
  const rejected = recognisable.flatMap(({ id }) => {
    const { status, reasons = [] } = ofRequest.get(id) ?? {};
    return status === 'rejected' && !reasons.includes(CAP_REACHED) ? `${id} ${reasons.join(' ')}` : [];
  });
  return [
    ...findingOf(
      'refusedWrongly',
      'good requests that were refused',
      turnedAway.map(({ id, code = '' }) => `${id} ${code}`),
    ),
    ...findingOf('refusedWrongly', 'people rejected whom the registry knows', rejected),
    ...findingOf(
      'refusedWrongly',
      'activations of approved cases that were refused',
      idsOf(({ id, activation }) => activation === 'refused' && APPROVED.has(statusOf(id))),
    ),
    ...findingOf(
      'refusedWrongly',
      'deactivations of registered SIMs that were refused',
      idsOf(({ id, deactivation }) => deactivation === 'refused' && REGISTERED.has(statusOf(id))),
    ),
    ...findingOf(
      'unanswered',
      'requests that nobody answered',
      requests
        .filter(({ answer }) => answer === 'unanswered')
        .map(({ id, code = 'without an answer' }) => `${id} ${code}`),
    ),
  ];
}

/** Of an attack the burst may come too late: while nobody answers, the time for its challenge passes. */
function mayBeRefused({ kind, code }: ToldRequest): boolean {
  return kind === 'malformed' || (kind === 'attack' && code === CHALLENGE_EXPIRED);
}
