import { StoppedError } from './measure/measure-dataset.js';
import { USAGE, readOptions } from './options.js';
import type { EvaluateOptions } from './options.js';
import { runEvaluation } from './run-evaluation.js';

const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

async function main(args: readonly string[]): Promise<number> {
  let options: EvaluateOptions | 'help';
  try {
    options = readOptions(args);
  } catch (error) {
    tell(`${messageOf(error)}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
  if (options === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const stop = new AbortController();
  // A second Ctrl-C ends the process at once; what was measured is on disk either way.
  process.once('SIGINT', () => stop.abort());
  try {
    process.stdout.write(`${await runEvaluation(options, args, stop.signal)}\n`);
    return 0;
  } catch (error) {
    if (error instanceof StoppedError) {
      tell('stopped; the same command goes on from here');
      return EXIT_INTERRUPTED;
    }
    tell(`evaluation failed: ${messageOf(error)}`);
    return 1;
  }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

process.exitCode = await main(process.argv.slice(2));
