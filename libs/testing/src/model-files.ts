import { sharedInfrastructure } from './shared-infrastructure.js';

/** The face models, verified; the same files that `npm start` uses. */
export function modelsDir(): string {
  return sharedInfrastructure().modelsDir;
}

/** Sample photographs, verified; the same files that `npm start` uses. */
export function samplesDir(): string {
  return sharedInfrastructure().samplesDir;
}
