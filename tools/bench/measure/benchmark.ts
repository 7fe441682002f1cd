import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { z } from 'zod';

/** One subcommand of `npm run bench`. */
export interface Benchmark {
  readonly usage: string;
  readonly run: (args: readonly string[], tell: Tell) => Promise<string>;
}

/** Progress for people: standard output holds the result and nothing else. */
export type Tell = (line: string) => void;

/** What the caller typed makes no sense: the usage is shown, and nothing is measured. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function parseOptions<Settings extends z.ZodObject>(
  args: readonly string[],
  options: ParseArgsOptionsConfig,
  settings: Settings,
): { readonly values: z.infer<Settings>; readonly positionals: readonly string[] } {
  const { values, positionals } = parse(args, options);
  const checked = settings.safeParse(values);
  if (checked.success) return { values: checked.data, positionals };
  const wrong = checked.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`);
  throw new UsageError(wrong.join('\n'));
}

function parse(args: readonly string[], options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
