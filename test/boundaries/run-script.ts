import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The repository, seen from dist/test/boundaries. */
export const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Of our libraries. Written apart from their names, or the build would resolve them inside quoted source. */
export const SCOPE = '@absah';

/** Runs a script under this Node and returns what it printed. The tools exit non-zero when they find something. */
export async function runScript(
  script: string,
  options: { args?: readonly string[]; cwd?: string; input?: string } = {},
): Promise<string> {
  const child = spawn(process.execPath, [script, ...(options.args ?? [])], {
    cwd: options.cwd ?? repository,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(options.input ?? '');
  return text(child.stdout);
}
