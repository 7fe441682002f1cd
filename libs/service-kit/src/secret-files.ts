import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Environment } from './environment.js';
import { isSecret } from './secret.js';

const SUFFIX = '_FILE';

export interface SecretFileProblem {
  readonly key: string;
  readonly problem: 'set_twice' | 'unreadable';
}

export interface ResolvedSecrets {
  readonly env: Environment;
  readonly problems: readonly SecretFileProblem[];
}

/**
 * Every secret `X` may stand in a file that `X_FILE` names, as orchestrators mount them: an environment is
 * shown by more tools than a file is. Given both ways it could be either, so it is refused.
 */
export function resolveSecretFiles(schemas: readonly z.ZodType[], env: Environment): ResolvedSecrets {
  const resolved: Record<string, string | undefined> = { ...env };
  const problems: SecretFileProblem[] = [];
  for (const key of schemas.flatMap(secretKeysOf)) {
    const file = env[key + SUFFIX];
    if (file === undefined) continue;
    if (env[key] !== undefined) problems.push({ key, problem: 'set_twice' });
    const text = readSecret(file);
    if (text === undefined) problems.push({ key: key + SUFFIX, problem: 'unreadable' });
    else resolved[key] = text;
  }
  return { env: resolved, problems };
}

function secretKeysOf(schema: z.ZodType): string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const entries = Object.entries<z.ZodType>(schema.shape);
  return entries.filter(([, value]) => isSecret(value)).map(([key]) => key);
}

/** Editors and `echo` end a file with a line break, which is no part of a password. */
function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}
