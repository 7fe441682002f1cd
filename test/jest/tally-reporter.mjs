import { writeSync } from 'node:fs';

const STANDARD_OUTPUT = 1;

/** Ends the output with one line that says how many tests passed and failed. */
export default class TallyReporter {
  onRunComplete(_testContexts, results) {
    // A test file that could not be loaded has no tests to count, and is a failure all the same.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const tally = `${results.numPassedTests} passed, ${failed} failed`;
    const line = skipped > 0 ? `${tally}, ${skipped} skipped` : tally;
    // Everything else, the global teardown included, has spoken by the time the process exits.
    process.once('exit', () => writeSync(STANDARD_OUTPUT, `\n${line}\n`));
  }
}
