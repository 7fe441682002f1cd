/**
 * What the test run's global setup started and fetched, handed to the test files through the
 * environment, the only thing that reaches jest's worker processes.
 */
export interface SharedInfrastructure {
  readonly superuserUrl: string;
  readonly modelsDir: string;
  readonly samplesDir: string;
}

const VARIABLE = 'ABSAH_TEST_INFRASTRUCTURE';

export function publishInfrastructure(infrastructure: SharedInfrastructure): void {
  process.env[VARIABLE] = JSON.stringify(infrastructure);
}

export function sharedInfrastructure(): SharedInfrastructure {
  const text = process.env[VARIABLE];
  if (text) return JSON.parse(text) as SharedInfrastructure;
  throw new Error('No test infrastructure: name the file *.int.spec.ts or *.e2e.spec.ts');
}
