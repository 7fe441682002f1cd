import { describe, expect, it } from '@jest/globals';
import { request } from './evidence-sample.js';
import { found, type Spoil } from './spoiled.js';

/** Each row breaks one thing, and has to be found under that name, among whatever follows from it. */
function each(rows: readonly (readonly [string, Spoil])[], kind: string): void {
  for (const [what, spoil] of rows) it(what, () => expect(found(spoil)).toContain(`${kind}: ${what}`));
}

describe('refused wrongly, or not answered (V8)', () => {
  each(
    [
      [
        'good requests that were refused: r9 INTAKE.NIK_MALFORMED',
        ({ requests }) => ({
          requests: [...requests, request('r9', { answer: 'refused', code: 'INTAKE.NIK_MALFORMED' })],
        }),
      ],
      [
        'people rejected whom the registry knows: r2 face-mismatch',
        ({ requests }) => ({ requests: [requests[0]!, { ...requests[1]!, kind: 'activated' }] }),
      ],
      [
        'activations of approved cases that were refused: r1',
        ({ requests, cases }) => ({
          requests: [{ ...requests[0]!, activation: 'refused' }],
          cases: [{ ...cases[0]!, status: 'approved' }],
        }),
      ],
      [
        'deactivations of registered SIMs that were refused: r1',
        ({ requests }) => ({ requests: [{ ...requests[0]!, deactivation: 'refused' }] }),
      ],
    ],
    'refusedWrongly',
  );

  each(
    [
      [
        'requests that nobody answered: r9 without an answer',
        ({ requests }) => ({ requests: [...requests, request('r9', { answer: 'unanswered' })] }),
      ],
      [
        'requests that nobody answered: r9 INTAKE.OVERLOADED',
        ({ requests }) => ({
          requests: [...requests, request('r9', { answer: 'unanswered', code: 'INTAKE.OVERLOADED' })],
        }),
      ],
    ],
    'unanswered',
  );

  const allowed: readonly (readonly [string, Spoil])[] = [
    [
      'a fourth SIM may be refused',
      ({ requests, cases }) => ({
        requests: [requests[0]!, { ...requests[1]!, kind: 'fourth-sim' }, requests[2]!],
        cases: [cases[0]!, { ...cases[1]!, reasons: ['quota-cap-reached'] }],
      }),
    ],
    [
      'a case that expired may not be activated any more',
      ({ requests, cases }) => ({
        requests: [...requests, request('r9', { caseId: 'case-9', activation: 'refused' })],
        cases: [...cases, { ...cases[1]!, id: 'case-9', requestId: 'r9', status: 'expired' }],
      }),
    ],
    [
      'a burst may come after the time for its challenge',
      ({ requests }) => ({
        requests: [
          ...requests,
          request('r9', { kind: 'attack', answer: 'refused', code: 'INTAKE.CHALLENGE_EXPIRED' }),
        ],
      }),
    ],
  ];
  it.each(allowed)('%s', (_, spoil) => expect(found(spoil)).toEqual([]));
});
