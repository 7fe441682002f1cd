import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DecisionWaiters, type Waiting } from './decision-waiters.js';

describe('DecisionWaiters', () => {
  let waiters: DecisionWaiters;

  beforeEach(() => {
    jest.useFakeTimers();
    waiters = new DecisionWaiters();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  async function isOver({ over }: Waiting): Promise<boolean> {
    return Promise.race([over.then(() => true), Promise.resolve().then(() => Promise.resolve(false))]);
  }

  it('wakes the request of the decided case, and no other', async () => {
    const [one, other] = [waiters.expect('one', 1000), waiters.expect('other', 1000)];
    waiters.wake('one');
    expect([await isOver(one), await isOver(other)]).toEqual([true, false]);
    expect(waiters.count).toBe(1);
  });

  it('gives up when the time is over, not before', async () => {
    const waiting = waiters.expect('one', 1000);
    jest.advanceTimersByTime(999);
    expect(await isOver(waiting)).toBe(false);
    jest.advanceTimersByTime(1);
    expect(await isOver(waiting)).toBe(true);
  });

  it.each([
    ['woken', () => waiters.wake('one')],
    ['cancelled', (waiting: Waiting) => waiting.cancel()],
    ['over', () => jest.advanceTimersByTime(1000)],
  ])('keeps neither entry nor timer once a wait is %s', (_, end) => {
    end(waiters.expect('one', 1000));
    expect([waiters.count, jest.getTimerCount()]).toEqual([0, 0]);
  });

  it('lets everybody go when it closes, and takes nobody after', async () => {
    const waiting = [waiters.expect('one', 1000), waiters.expect('other', 1000)];
    waiters.close();
    const late = waiters.expect('late', 1000);
    expect(await Promise.all([...waiting, late].map(isOver))).toEqual([true, true, true]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not wait at all for zero', async () => {
    expect(await isOver(waiters.expect('one', 0))).toBe(true);
    expect(waiters.count).toBe(0);
  });

  it('takes a decision on a case that nobody waits for', () => {
    expect(() => waiters.wake('unknown')).not.toThrow();
  });
});
