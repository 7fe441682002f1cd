import { describe, expect, it } from '@jest/globals';
import { ANSWER_CODES, findAnswerCode } from './answer-codes.js';

/** Written out by hand from the interface facts, so that a slip in the table does not pass as its own proof. */
const EXPECTED: Readonly<Record<string, string>> = {
  '01': 'configuration-fault',
  '03': 'configuration-fault',
  '04': 'configuration-fault',
  '05': 'park access-refused',
  '06': 'park access-refused',
  '07': 'configuration-fault',
  '08': 'refuse subject-inactive',
  '09': 'configuration-fault',
  '10': 'configuration-fault',
  '11': 'refuse subject-deceased',
  '12': 'refuse subject-duplicate',
  '13': 'refuse nik-not-found',
  '14': 'refuse subject-inactive',
  '15': 'refuse nik-malformed',
  '16': 'configuration-fault',
  '17': 'configuration-fault',
  '5000': 'park busy',
  '5004': 'configuration-fault',
  '6006': 'configuration-fault',
};

function consequenceOf(code: string): string {
  const consequence = findAnswerCode(code)?.consequence;
  if (consequence?.kind === 'refuse') return `refuse ${consequence.reason}`;
  if (consequence?.kind === 'park') return `park ${consequence.cause}`;
  return consequence?.kind ?? 'unknown';
}

describe('G6 answer codes of the registry', () => {
  it('has an expectation for every code of the table and no other', () => {
    expect(Object.keys(ANSWER_CODES).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))('code %s leads to: %s', (code, consequence) => {
    expect(consequenceOf(code)).toBe(consequence);
  });

  it.each(Object.entries(ANSWER_CODES))('code %s tells meaning and next step in sentences', (_, answer) => {
    expect(answer.meaning).toMatch(/^[A-Z].{10,}\.$/);
    expect(answer.nextStep).toMatch(/^[A-Z].{7,}\.$/);
  });

  it('answers every refusal about a person with 422, so that a wrong address is none', () => {
    const statuses = Object.values(ANSWER_CODES)
      .filter((answer) => answer.consequence.kind === 'refuse')
      .map((answer) => answer.httpStatus);
    expect(new Set(statuses)).toEqual(new Set([422]));
  });

  it.each(['', '00', '99', '1', 'toString', '__proto__'])('does not know code "%s"', (code) => {
    expect(findAnswerCode(code)).toBeUndefined();
  });
});
