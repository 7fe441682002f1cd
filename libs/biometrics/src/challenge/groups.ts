/** Groups of items that are linked with one another, directly or through others; the largest first. */
export function groupsOf<T>(items: readonly T[], linked: (a: T, b: T) => boolean): T[][] {
  let groups: T[][] = [];
  for (const item of items) {
    const apart = groups.filter((group) => !group.some((other) => linked(item, other)));
    const joined = groups.filter((group) => !apart.includes(group)).flat();
    groups = [...apart, [...joined, item]];
  }
  return groups.sort((a, b) => b.length - a.length);
}
