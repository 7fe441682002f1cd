import { describe, expect, it } from '@jest/globals';
import { waitFor } from './wait-for.js';

describe('waitFor', () => {
  it('returns the first answer that is neither false nor absent, zero included', async () => {
    const answers = [false, undefined, null, 0, 7];
    expect(await waitFor(() => answers.shift(), { description: 'a number' })).toBe(0);
    expect(answers).toEqual([7]);
  });

  it('says what it waited for when time is up', async () => {
    const waiting = waitFor(() => false, { description: 'the relay to drain', timeoutMs: 30 });
    await expect(waiting).rejects.toThrow('Waited 30 ms in vain for the relay to drain');
  });

  it('does not hide the failure of the question', async () => {
    const failing = waitFor(() => Promise.reject(new Error('connection lost')), { description: 'anything' });
    await expect(failing).rejects.toThrow('connection lost');
  });
});
