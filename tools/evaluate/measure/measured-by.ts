import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelManifest } from '@absah/inference';

const MEASURING_CODE = ['inference', 'biometrics'].map((library) =>
  fileURLToPath(new URL(`../../../libs/${library}/src`, import.meta.url)),
);

/** Digest of all that a measurement depends on beside the image: models, how they are fed, thresholds of the
 *  gate, and the code in between. Whoever changes one of them measures again. */
export function measuredBy({ modelChain, models, thresholds }: ModelManifest, embeds: boolean): string {
  const digest = createHash('sha256');
  digest.update(JSON.stringify({ modelChain, models, thresholds, embeds }));
  for (const folder of MEASURING_CODE) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (name.endsWith('.js') && !name.endsWith('.spec.js')) digest.update(readFileSync(join(folder, name)));
    }
  }
  return digest.digest('hex');
}
