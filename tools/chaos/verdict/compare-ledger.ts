import type { Evidence, LedgerEntry } from '../evidence/evidence.js';
import { findingOf, missing, repeated, type Finding } from './finding.js';

type Needs = Pick<
  Evidence,
  | 'requests'
  | 'cases'
  | 'ledgerEntries'
  | 'slots'
  | 'feedbackRecords'
  | 'registrations'
  | 'foreignRegistrations'
>;

const POSTED = 'posted';

/** By how much an entry changes what a person holds. */
const CHANGES: Readonly<Record<LedgerEntry['kind'], number>> = {
  pending: 1,
  posted: 0,
  voided: -1,
  expired: -1,
  released: -1,
  refused: 0,
};

/** Of these a transfer has one. */
const RESOLUTIONS: ReadonlySet<string> = new Set([POSTED, 'voided', 'expired']);

/** Registered cases and posted slots are the same; an approved case still has its slot; a transfer ends once (Q2). */
export function compareLedger({ cases, ledgerEntries, slots }: Needs): readonly Finding[] {
  const idsOf = (...among: readonly string[]) =>
    cases.filter(({ status }) => among.includes(status)).map(({ id }) => id);
  const posted = ledgerEntries.filter(({ kind }) => kind === POSTED).map(({ caseId }) => caseId);
  const registered = idsOf('activated', 'deactivated');
  const phase = ({ transferId, kind }: LedgerEntry) =>
    `${transferId} ${RESOLUTIONS.has(kind) ? 'resolved' : kind}`;
  const held = slots.map(({ caseId }) => caseId);
  return [
    ...findingOf('lost', 'registered SIMs without a posted slot', missing(registered, posted)),
    ...findingOf('lost', 'posted slots without a registered SIM', missing(posted, registered)),
    ...findingOf('lost', 'active SIMs that hold no slot', missing(idsOf('activated'), held)),
    ...findingOf('lost', 'approved cases that hold no slot', missing(idsOf('approved'), held)),
    ...findingOf(
      'lost',
      'slots of SIMs that were given back',
      idsOf('deactivated').filter((id) => held.includes(id)),
    ),
    ...findingOf('doubled', 'cases with several slots', repeated(held)),
    ...findingOf('doubled', 'transfers that began or ended twice', repeated(ledgerEntries.map(phase))),
    ...findingOf('doubled', 'SIMs posted twice', repeated(posted)),
  ];
}

/** In the ledger at any time, in the slots and the cases at the end, and in what clients were told (Q1). */
export function compareCaps(
  { requests, cases, ledgerEntries, slots }: Needs,
  cap: number,
): readonly Finding[] {
  const active = cases.filter(({ status }) => status === 'activated').map(({ subjectRef }) => subjectRef);
  const told = requests
    .filter(({ activation, deactivation }) => activation === 'told' && deactivation === 'none')
    .map(({ person }) => `person ${person}`);
  return [
    ...findingOf('overCap', 'people who held more slots at a time', overHeld(ledgerEntries, cap)),
    ...findingOf(
      'overCap',
      'people with more slots',
      moreThan(
        cap,
        slots.map(({ subjectRef }) => subjectRef),
      ),
    ),
    ...findingOf('overCap', 'people with more active SIMs', moreThan(cap, active)),
    ...findingOf('overCap', 'people whose operators were told of more SIMs', moreThan(cap, told)),
  ];
}

/** Each registered SIM is a row at the registry, once, and no other is (B1, B2). */
export function compareFeedback(evidence: Needs): readonly Finding[] {
  const { cases, feedbackRecords, registrations, foreignRegistrations } = evidence;
  const registered = cases.filter(({ status }) => status === 'activated' || status === 'deactivated');
  const ids = registered.map(({ id }) => id);
  const requestIds = registered.map(({ requestId }) => requestId);
  const accepted = feedbackRecords.filter(({ status }) => status === 'accepted').map(({ caseId }) => caseId);
  const recorded = feedbackRecords.map(({ caseId }) => caseId);
  const foreign = Array.from({ length: foreignRegistrations }, (_, index) => `unknown ${index + 1}`);
  return [
    ...findingOf('lost', 'registered SIMs that were not sent to the registry', missing(ids, accepted)),
    ...findingOf('doubled', 'data balikan of cases without a SIM', missing(recorded, ids)),
    ...findingOf('doubled', 'data balikan recorded twice', repeated(recorded)),
    ...findingOf('lost', 'numbers that the registry did not get', missing(requestIds, registrations)),
    ...findingOf('doubled', 'numbers that the registry got twice', repeated(registrations)),
    ...findingOf('doubled', 'numbers at the registry without a SIM', [
      ...missing(registrations, requestIds),
      ...foreign,
    ]),
  ];
}

function overHeld(entries: readonly LedgerEntry[], cap: number): readonly string[] {
  const holdings = new Map<string, number>();
  const over: string[] = [];
  for (const { subjectRef, kind } of entries) {
    const holds = (holdings.get(subjectRef) ?? 0) + CHANGES[kind];
    holdings.set(subjectRef, holds);
    if (holds > cap) over.push(subjectRef);
  }
  return over;
}

function moreThan(cap: number, names: readonly string[]): readonly string[] {
  const groups = Map.groupBy(names, (name) => name);
  return [...groups].filter(([, all]) => all.length > cap).map(([name]) => name);
}
