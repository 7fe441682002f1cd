import { Logger } from '@absah/telemetry';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { DropEndedCases } from './drop-ended-cases.js';
import type { CaseOwner, ClaimedCase, ParkedCases } from './ports.js';

const PARKED = { caseId: 'case-1' } as ClaimedCase;
const ENDED = { caseId: 'case-2' } as ClaimedCase;
const logger = new Logger({
  service: 'ikd-gateway',
  level: 'silent',
  destination: { write: () => undefined },
});

describe('DropEndedCases', () => {
  let now: number;
  let removed: string[];
  let questions: number;

  beforeEach(() => {
    [now, removed, questions] = [1_000_000, [], 0];
  });

  function dropping(over: CaseOwner['over']): DropEndedCases {
    const owner: CaseOwner = {
      over: (...question) => {
        questions += 1;
        return over(...question);
      },
    };
    const parkedCases = {
      remove: (caseIds: readonly string[]) => Promise.resolve(void removed.push(...caseIds)),
    } as ParkedCases;
    return new DropEndedCases(owner, parkedCases, { now: () => new Date(now) }, logger);
  }

  it('G5 forgets what is over and goes on with the rest', async () => {
    const drop = dropping(() => Promise.resolve(['case-2']));
    expect(await drop.execute([PARKED, ENDED])).toEqual([PARKED]);
    expect(removed).toEqual(['case-2']);
  });

  it('asks nobody about nothing', async () => {
    expect(await dropping(() => Promise.resolve([])).execute([])).toEqual([]);
    expect(questions).toBe(0);
  });

  it('V9 goes on with all when nobody answers, and does not wait for the intake again at once', async () => {
    const drop = dropping(() => Promise.reject(new Error('no answer')));
    for (let round = 0; round < 10; round += 1) {
      expect(await drop.execute([PARKED, ENDED])).toEqual([PARKED, ENDED]);
    }
    expect([questions, removed]).toEqual([1, []]);
    now += 5_000;
    await drop.execute([PARKED]);
    expect(questions).toBe(2);
  });
});
