import { describe, expect, it } from '@jest/globals';
import { ClientBook } from './client-book.js';

function bookAt(times: number[]): ClientBook {
  const book = new ClientBook(() => times.shift() ?? 0);
  book.sends({ id: 'r1', kind: 'activated', person: 7 });
  return book;
}

describe('ClientBook', () => {
  it('a request is unanswered until somebody answers', () => {
    expect(bookAt([5]).requests).toEqual([
      {
        id: 'r1',
        kind: 'activated',
        person: 7,
        atMs: 5,
        answer: 'unanswered',
        statuses: [],
        activation: 'none',
        deactivation: 'none',
      },
    ]);
  });

  it('remembers each status once, in order, and when it first was a decision', () => {
    const book = bookAt([0, 30, 40]);
    book.isAccepted('r1', 'case-1');
    for (const status of ['processing', 'processing', 'parked', 'approved', 'activated'])
      book.hears('r1', status);
    expect(book.requests[0]).toMatchObject({
      answer: 'accepted',
      caseId: 'case-1',
      statuses: ['processing', 'parked', 'approved', 'activated'],
      decidedMs: 30,
    });
  });

  it('remembers why it was put off, until it is answered', () => {
    const book = bookAt([0]);
    book.isPutOff('r1', 'INTAKE.OVERLOADED');
    expect(book.requests[0]).toMatchObject({ answer: 'unanswered', code: 'INTAKE.OVERLOADED' });
    book.isAccepted('r1', 'case-1');
    expect(book.requests[0]).not.toHaveProperty('code');
  });

  it('remembers refusals, and steps that were asked for and confirmed', () => {
    const book = bookAt([0]);
    book.step('r1', 'activation', 'asked');
    book.isRefused('r1', 'INTAKE.NIK_MALFORMED');
    expect(book.requests[0]).toMatchObject({
      answer: 'refused',
      code: 'INTAKE.NIK_MALFORMED',
      activation: 'asked',
    });
  });
});
