import { execFile, type ExecFileOptions } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const OUTPUT_LIMIT_BYTES = 16 * 1024 * 1024;
const SHOWN_CHARACTERS = 2_000;

/** Runs a command to its end; a failure names the command and shows the end of what it said. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<string> {
  try {
    const limits = { maxBuffer: OUTPUT_LIMIT_BYTES, windowsHide: true };
    const { stdout } = await execute(command, [...args], { ...limits, ...options, encoding: 'utf8' });
    return stdout;
  } catch (cause) {
    const { stderr = '', stdout = '', message } = cause as Error & { stderr?: string; stdout?: string };
    const said = (stderr || stdout || message).trim().slice(-SHOWN_CHARACTERS);
    throw new Error(`${[command, ...args].join(' ')} failed: ${said}`, { cause });
  }
}
