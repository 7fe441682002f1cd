/** Maps with at most `lanes` under way at once. After the first failure nothing further is begun. */
export async function inLanes<T, R>(
  lanes: number,
  items: readonly T[],
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const pending = items.entries();
  let failed = false;
  async function lane(): Promise<void> {
    for (const [index, item] of pending) {
      if (failed) return;
      results[index] = await map(item);
    }
  }
  const running = Array.from({ length: Math.min(lanes, items.length) }, () =>
    lane().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  await Promise.all(running);
  return results;
}
