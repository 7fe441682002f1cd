import { ServiceError } from '@absah/domain-kit';
import { UsageError, type Command } from './command.js';
import { deadLettersCommand } from './dead-letters/command.js';
import { keysCommand } from './keys/command.js';
import { ledgerCommand } from './ledger/command.js';

const commands: ReadonlyMap<string, Command> = new Map([
  ['dead-letters', deadLettersCommand],
  ['keys', keysCommand],
  ['ledger', ledgerCommand],
]);

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = commands.get(name);
  if (!command) {
    complain([...commands.values()].map(({ usage }) => usage).join('\n\n'));
    return 2;
  }
  try {
    return await command.run(args, print);
  } catch (error) {
    if (!isUsage(error)) throw error;
    complain(`${error.message}\n\n${command.usage}`);
    return 2;
  }
}

/** `parseArgs` names what it does not know in errors of its own. */
function isUsage(error: unknown): error is Error {
  return (
    error instanceof UsageError || String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')
  );
}

function explain(error: unknown): string {
  if (!(error instanceof ServiceError)) return error instanceof Error ? error.message : String(error);
  return [`${error.code}: ${error.message}`, error.nextStep].filter(Boolean).join('\n');
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  complain(explain(error));
  process.exitCode = 1;
}
