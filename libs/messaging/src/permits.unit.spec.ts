import { describe, expect, it } from '@jest/globals';
import { Permits } from './permits.js';

/** Records in which order those who wait get their place. */
function queue(permits: Permits, names: readonly string[]): { served: string[] } {
  const served: string[] = [];
  for (const name of names) void permits.acquire().then(() => served.push(name));
  return { served };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('permits', () => {
  it('lets in as many as there are places, the others as places become free, first come first', async () => {
    const permits = new Permits(2);
    const { served } = queue(permits, ['a', 'b', 'c', 'd']);
    await settled();
    expect(served).toEqual(['a', 'b']);
    permits.release();
    await settled();
    expect(served).toEqual(['a', 'b', 'c']);
    permits.release();
    permits.release();
    await settled();
    expect(served).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are all released only when nobody holds or awaits one', async () => {
    const permits = new Permits(1);
    queue(permits, ['a', 'b']);
    let idle = false;
    void permits.allReleased().then(() => (idle = true));
    permits.release();
    await settled();
    expect(idle).toBe(false);
    permits.release();
    await settled();
    expect(idle).toBe(true);
  });

  it('are all released at once when none was taken', async () => {
    await expect(new Permits(1).allReleased()).resolves.toBeUndefined();
  });
});
