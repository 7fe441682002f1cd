import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { operatorAccount, SERVICE_NAMES, type ReplayOutcome, type ServiceName } from '@absah/contracts';
import { UsageError, type Command } from '../command.js';
import { asOperator } from '../operator-connection.js';
import { DeadLettersDesk } from './desk.js';
import { letterText, listingTable } from './table.js';

type Print = (line: string) => void;

const USAGE = `npm run -s absah -- dead-letters list [--service NAME] [--json]
npm run -s absah -- dead-letters show ID [--json]
npm run -s absah -- dead-letters replay ID | --all --service NAME [--code CODE] [--by ACCOUNT]

  list     messages that a service could not handle, oldest first
  show     one of them: what went wrong and its fields, sealed values left out
  replay   has the service handle it once more; the audit log names who asked (--by, else the account's name)`;

export const deadLettersCommand: Command = { usage: USAGE, run };

async function run([verb = '', ...args]: readonly string[], print: Print): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      service: { type: 'string' },
      code: { type: 'string' },
      by: { type: 'string' },
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const service = values.service === undefined ? undefined : serviceNamed(values.service);
  const [id] = positionals;
  const write = (value: unknown, text: string) =>
    print(values.json ? JSON.stringify(value, undefined, 2) : text);
  return asOperator(async (queries) => {
    const desk = new DeadLettersDesk(queries);
    if (verb === 'list') {
      const listing = await desk.list(service ? [service] : SERVICE_NAMES);
      write(listing, listingTable(listing));
      return listing.silent.length === 0 ? 0 : 1;
    }
    if (verb === 'show' && id) {
      const { letter, payload } = await desk.show(id);
      write({ ...letter, payload }, letterText(letter, payload));
      return 0;
    }
    if (verb === 'replay') return replay(desk, { ...values, id, service }, print);
    throw new UsageError('list, show ID or replay ID');
  });
}

interface ReplayOptions {
  readonly id: string | undefined;
  readonly service: ServiceName | undefined;
  readonly all: boolean;
  readonly code?: string | undefined;
  readonly by?: string | undefined;
}

/** One after the other: they failed together, and together they may bring down what they failed at. */
async function replay(desk: DeadLettersDesk, options: ReplayOptions, print: Print): Promise<number> {
  const requestedBy = accountOf(options.by ?? userInfo().username);
  if (options.id) return report(options.id, await desk.replay(options.id, requestedBy), print);
  const { service, code } = options;
  if (!options.all || !service) throw new UsageError('an ID, or --all with --service NAME');
  let status = 0;
  for await (const letter of desk.each(service, code)) {
    status = Math.max(status, report(letter.id, await desk.replayOf(service, letter.id, requestedBy), print));
  }
  return status;
}

function report(id: string, outcome: ReplayOutcome, print: Print): number {
  print(`${id}  ${outcome.kind === 'failed' ? `failed: ${outcome.code}, ${outcome.reason}` : outcome.kind}`);
  return outcome.kind === 'handled' ? 0 : 1;
}

function serviceNamed(name: string): ServiceName {
  const found = SERVICE_NAMES.find((service) => service === name);
  if (!found) throw new UsageError(`--service is one of ${SERVICE_NAMES.join(', ')}`);
  return found;
}

function accountOf(name: string): string {
  const account = operatorAccount.safeParse(name);
  if (!account.success) throw new UsageError('--by is an account: small letters, digits, dots and dashes');
  return account.data;
}
