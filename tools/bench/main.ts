import { engineBenchmark } from './engine/command.js';
import type { Benchmark } from './measure/benchmark.js';
import { UsageError } from './measure/benchmark.js';
import { outageBenchmark } from './outage/command.js';
import { overloadBenchmark } from './overload/command.js';
import { peersBenchmark } from './peers/command.js';
import { pipelineBenchmark } from './pipeline/command.js';

const benchmarks: ReadonlyMap<string, Benchmark> = new Map([
  ['engine', engineBenchmark],
  ['outage', outageBenchmark],
  ['overload', overloadBenchmark],
  ['peers', peersBenchmark],
  ['pipeline', pipelineBenchmark],
]);

function usage(shown: Iterable<Benchmark>): string {
  return [...shown].map((benchmark) => benchmark.usage).join('\n\n');
}

function complain(lines: string): void {
  process.stderr.write(`${lines}\n`);
}

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const benchmark = benchmarks.get(name);
  if (!benchmark) {
    complain(usage(benchmarks.values()));
    return 2;
  }
  try {
    process.stdout.write(`${await benchmark.run(args, complain)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(`${error.message}\n\n${benchmark.usage}`);
    return 2;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  complain(`bench failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
