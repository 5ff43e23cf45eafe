/** Maps in order with at most `limit` under way; the first rejection stops new ones from starting and is thrown. */
export async function mapLimit<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results = Array.from<Result>({ length: items.length });
  let next = 0;
  const runner = async () => {
    while (next < items.length) {
      const index = next++;
      const item = items[index];
      if (item !== undefined) results[index] = await work(item, index);
    }
  };
  const runners = Array.from({ length: Math.min(limit, items.length) }, runner);
  try {
    await Promise.all(runners);
  } catch (error) {
    next = items.length;
    await Promise.allSettled(runners);
    throw error;
  }
  return results;
}
