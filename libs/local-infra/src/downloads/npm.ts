import { npmScript } from '../config.js';
import { runCommand } from '../process/run-command.js';

/** The .npmrc of `folder` and the user's own decide which registry answers. Resolves with what npm printed. */
export function runNpm(args: readonly string[], folder: string): Promise<string> {
  const script = npmScript();
  const [command, prefix] = script ? [process.execPath, [script]] : ['npm', []];
  return runCommand(command, [...prefix, ...args], { cwd: folder });
}
