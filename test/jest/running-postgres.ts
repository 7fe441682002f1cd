import type { RunningPostgres } from '@absah/local-infra';

export interface TestCluster {
  readonly postgres: RunningPostgres;
  readonly folder: string;
}

const KEY = Symbol.for('absah.test-cluster');
const shelf = globalThis as { [KEY]?: TestCluster };

/** Jest loads setup and teardown separately; they share nothing but the process. */
export function holdForTeardown(cluster: TestCluster): void {
  shelf[KEY] = cluster;
}

export function takeForTeardown(): TestCluster | undefined {
  const cluster = shelf[KEY];
  Reflect.deleteProperty(shelf, KEY);
  return cluster;
}
