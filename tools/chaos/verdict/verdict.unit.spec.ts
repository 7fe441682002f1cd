import { describe, expect, it } from '@jest/globals';
import type { Evidence, LedgerEntry } from '../evidence/evidence.js';
import { request } from './evidence-sample.js';
import { found, type Spoil } from './spoiled.js';

/** Each row breaks one thing, and has to be found under that name, among whatever follows from it. */
function each(rows: readonly (readonly [string, Spoil])[], kind: string): void {
  for (const [what, spoil] of rows) it(what, () => expect(found(spoil)).toContain(`${kind}: ${what}`));
}

it('finds nothing in a run in which all is as it must be', () => {
  expect(found(() => ({}))).toEqual([]);
});

describe('lost (V9, Q2, B2, A1)', () => {
  each(
    [
      ['cases that a client was told of: case-2', ({ cases }) => ({ cases: cases.slice(0, 1) })],
      [
        'decisions that a client was told of and that no longer hold: case-2',
        ({ cases }) => ({ cases: [cases[0]!, { ...cases[1]!, status: 'retake' }] }),
      ],
      [
        'activations that a client was told of: case-1',
        ({ cases }) => ({ cases: [{ ...cases[0]!, status: 'approved' }, cases[1]!] }),
      ],
      [
        'deactivations that a client was told of: case-1',
        ({ requests }) => ({ requests: [{ ...requests[0]!, deactivation: 'told' }, ...requests.slice(1)] }),
      ],
      [
        'slots of SIMs that were given back: case-1',
        ({ cases }) => ({ cases: [{ ...cases[0]!, status: 'deactivated' }, cases[1]!] }),
      ],
      [
        'cases without a decision: case-2',
        ({ cases }) => ({ cases: [cases[0]!, { ...cases[1]!, status: 'processing' }] }),
      ],
      [
        'registered SIMs without a posted slot: case-1',
        ({ ledgerEntries }) => ({ ledgerEntries: ledgerEntries.slice(0, 1) }),
      ],
      [
        'posted slots without a registered SIM: case-9',
        ({ ledgerEntries }) => ({
          ledgerEntries: [...ledgerEntries, { ...ledgerEntries[1]!, transferId: 't9', caseId: 'case-9' }],
        }),
      ],
      ['active SIMs that hold no slot: case-1', () => ({ slots: [] })],
      [
        'approved cases that hold no slot: case-1',
        ({ cases }) => ({ cases: [{ ...cases[0]!, status: 'approved' }, cases[1]!], slots: [] }),
      ],
      ['registered SIMs that were not sent to the registry: case-1', () => ({ feedbackRecords: [] })],
      [
        'registered SIMs that were not sent to the registry: case-1',
        () => ({ feedbackRecords: [{ caseId: 'case-1', status: 'due' }] }),
      ],
      ['numbers that the registry did not get: r1', () => ({ registrations: [] })],
      [
        'questions to the registry that the access log lacks: x2',
        ({ accesses }) => ({ accesses: accesses.slice(0, 1) }),
      ],
      [
        'events that a consumer never took: ikd-gateway-FaceExtractedV1 m2',
        ({ taken }) => ({ taken: taken.filter(({ messageId }) => messageId !== 'm2') }),
      ],
      [
        'events that the audit log lacks: m2',
        ({ auditLog }) => ({ auditLog: auditLog.filter((id) => id !== 'm2') }),
      ],
      ['audit log whose hashes do not agree: the log', () => ({ auditLogVerifies: false })],
    ],
    'lost',
  );
});

describe('doubled (B2, Q2, A2)', () => {
  each(
    [
      [
        'requests with more than one case: r1',
        ({ cases }) => ({ cases: [...cases, { ...cases[0]!, id: 'case-9' }] }),
      ],
      [
        'cases of requests that were refused: case-9',
        ({ cases }) => ({ cases: [...cases, { ...cases[1]!, id: 'case-9', requestId: 'r3' }] }),
      ],
      [
        'cases that nobody asked for: r9',
        ({ cases }) => ({ cases: [...cases, { ...cases[1]!, id: 'case-9', requestId: 'r9' }] }),
      ],
      ['cases with several slots: case-1', ({ slots }) => ({ slots: [...slots, ...slots] })],
      [
        'transfers that began or ended twice: t1 pending',
        ({ ledgerEntries }) => ({ ledgerEntries: [ledgerEntries[0]!, ...ledgerEntries] }),
      ],
      [
        'transfers that began or ended twice: t1 resolved',
        ({ ledgerEntries }) => ({
          ledgerEntries: [...ledgerEntries, { ...ledgerEntries[1]!, kind: 'expired' }],
        }),
      ],
      [
        'SIMs posted twice: case-1',
        ({ ledgerEntries }) => ({
          ledgerEntries: [...ledgerEntries, { ...ledgerEntries[1]!, transferId: 't2' }],
        }),
      ],
      [
        'data balikan of cases without a SIM: case-2',
        ({ feedbackRecords }) => ({
          feedbackRecords: [...feedbackRecords, { caseId: 'case-2', status: 'accepted' }],
        }),
      ],
      [
        'data balikan recorded twice: case-1',
        ({ feedbackRecords }) => ({ feedbackRecords: [...feedbackRecords, ...feedbackRecords] }),
      ],
      ['numbers that the registry got twice: r1', () => ({ registrations: ['r1', 'r1'] })],
      ['numbers at the registry without a SIM: r2', () => ({ registrations: ['r1', 'r2'] })],
      ['numbers at the registry without a SIM: unknown 1', () => ({ foreignRegistrations: 1 })],
      [
        'questions to the registry about no case: case-9',
        ({ accesses }) => ({ accesses: [...accesses, { caseId: 'case-9', transactionId: 'x9' }] }),
      ],
      [
        'answers of the registry to one transaction: x1',
        ({ verifications }) => ({ verifications: [...verifications, verifications[0]!] }),
      ],
      ['events that are in the audit log twice: m1', ({ auditLog }) => ({ auditLog: [...auditLog, 'm1'] })],
      [
        'entries of the audit log that nobody said: m9',
        ({ auditLog }) => ({ auditLog: [...auditLog, 'm9'] }),
      ],
      [
        'effects that a case had twice: case-1 evt.capture.case.decided.v1 approved',
        ({ emitted }) => ({ emitted: [...emitted, { ...emitted[2]!, id: 'm9' }] }),
      ],
      [
        'effects that a case had twice: case-1 evt.template.face.extracted.v1',
        ({ emitted }) => ({ emitted: [...emitted, { ...emitted[1]!, id: 'm9' }] }),
      ],
    ],
    'doubled',
  );

  it('a case may be decided to be parked, and then approved', () => {
    const parked = (good: Evidence) => ({ ...good.emitted[2]!, id: 'm9', decision: 'parked' });
    expect(
      found((good) => ({ emitted: [...good.emitted, parked(good)], auditLog: [...good.auditLog, 'm9'] })),
    ).toEqual([]);
  });
});

describe('over the cap (Q1)', () => {
  const four = ['a', 'b', 'c', 'd'];

  each(
    [
      [
        'people with more slots: s1',
        () => ({ slots: four.map((caseId) => ({ caseId, subjectRef: 's1', state: 'posted' })) }),
      ],
      [
        'people who held more slots at a time: s1',
        () => ({
          ledgerEntries: four.map((caseId) => ({
            transferId: caseId,
            caseId,
            subjectRef: 's1',
            kind: 'pending',
          })),
        }),
      ],
      [
        'people with more active SIMs: s1',
        ({ cases }) => ({ cases: four.map((id) => ({ ...cases[0]!, id, requestId: id })) }),
      ],
      [
        'people whose operators were told of more SIMs: person 1',
        () => ({ requests: four.map((id) => request(id, { caseId: id, activation: 'told' })) }),
      ],
    ],
    'overCap',
  );

  it('a fourth SIM after one was given back is none too many', () => {
    const entry = (caseId: string, kind: LedgerEntry['kind']) => ({
      transferId: caseId,
      caseId,
      subjectRef: 's1',
      kind,
    });
    const ledgerEntries = [
      ...four.slice(0, 3).flatMap((id) => [entry(id, 'pending'), entry(id, 'posted')]),
      entry('a', 'released'),
      entry('d', 'pending'),
    ];
    expect(found(() => ({ ledgerEntries })).filter((line) => line.startsWith('overCap'))).toEqual([]);
  });
});

describe('approved without a match (V9)', () => {
  each(
    [
      [
        'approvals without a match on the registry’s record: case-1',
        () => ({ verifications: [{ transactionId: 'x1', isMatch: false }] }),
      ],
      [
        'approvals without a match on the registry’s record: case-2',
        ({ requests }) => ({
          requests: [requests[0]!, { ...requests[1]!, statuses: ['approved', 'rejected'] }],
        }),
      ],
      [
        'approvals of people who cannot match: case-2',
        ({ cases }) => ({ cases: [cases[0]!, { ...cases[1]!, status: 'approved' }] }),
      ],
    ],
    'approvedWithoutMatch',
  );
});

it('images left: pictures in the broker, and purges that nobody confirmed (A3)', () => {
  expect(found(() => ({ imagesHeld: ['capture-2'], purgesDue: ['capture-1'] }))).toEqual([
    'imagesLeft: captures with a picture in the broker: capture-2',
    'imagesLeft: captures whose purge nobody confirmed: capture-1',
  ]);
});

it('dead letters are named, and count as taken by nobody else', () => {
  const letter = { consumer: 'ikd-gateway-FaceExtractedV1', messageId: 'm2', code: 'X.Y' };
  expect(
    found(({ taken }) => ({
      taken: taken.filter(({ messageId }) => messageId !== 'm2'),
      deadLetters: [letter],
    })),
  ).toEqual(['deadLetters: messages that a consumer could not handle: ikd-gateway-FaceExtractedV1 m2 X.Y']);
});
