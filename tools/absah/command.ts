/** A wrong way to call a command: the message and the usage are shown, the exit status is 2. */
export class UsageError extends Error {}

/** One word after `absah`, with the words after it. */
export interface Command {
  readonly usage: string;
  /** Returns the exit status. `print` writes one line for the person at the terminal. */
  run(args: readonly string[], print: (line: string) => void): Promise<number>;
}
