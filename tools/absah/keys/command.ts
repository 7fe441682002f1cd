import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { DestroyPersonKeyV1 } from '@absah/contracts';
import { UsageError, type Command } from '../command.js';
import { asOperator } from '../operator-connection.js';
import { keysStatus, rewrapAll } from './rewrap-all.js';

type Print = (line: string) => void;

const DEFAULT_BATCH = 500;
const MOST = 1000;

const USAGE = `npm run -s absah -- keys status [--json]
npm run -s absah -- keys rewrap [--batch N] [--json]
npm run -s absah -- keys destroy SUBJECT_REF --yes [--case ID] [--by ACCOUNT]

  status   how many keys of persons are wrapped under which key-encryption key
  rewrap   wraps all of them under the active one, ${DEFAULT_BATCH} at a time; may be killed, and goes on when called again
  destroy  makes everything that is sealed for a person unreadable, for good; the audit log names who asked`;

export const keysCommand: Command = { usage: USAGE, run };

async function run([verb = '', ...args]: readonly string[], print: Print): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      batch: { type: 'string' },
      json: { type: 'boolean', default: false },
      case: { type: 'string' },
      by: { type: 'string' },
      yes: { type: 'boolean', default: false },
    },
  });
  if (verb === 'status') return status(values.json, print);
  if (verb === 'rewrap') return rewrap(batchOf(values.batch), values.json, print);
  if (verb === 'destroy') return destroy(positionals[0], values, print);
  throw new UsageError('status, rewrap or destroy');
}

async function status(json: boolean, print: Print): Promise<number> {
  const found = await asOperator(keysStatus);
  if (json) {
    print(JSON.stringify(found, undefined, 2));
    return 0;
  }
  for (const { kekId, keyCount } of found.keks) {
    print(`${kekId}  ${keyCount} keys${kekId === found.active ? '  active' : ''}`);
  }
  if (!found.keks.some(({ kekId }) => kekId === found.active)) print(`${found.active}  0 keys  active`);
  print(`destroyed  ${found.destroyedCount} keys`);
  return 0;
}

/** 1 when a key is left behind: its key-encryption key must stay. */
async function rewrap(batch: number, json: boolean, print: Print): Promise<number> {
  const result = await asOperator((queries) =>
    rewrapAll(queries, batch, ({ kekId, done, left }) => {
      if (!json) print(`${kekId}  ${done} re-wrapped, ${left} left`);
    }),
  );
  const { done, left, unreadable } = result;
  print(
    json
      ? JSON.stringify(result)
      : `${done} re-wrapped, ${left} left, of which ${unreadable} did not open (see the log of privacy)`,
  );
  return left === 0 ? 0 : 1;
}

function batchOf(text: string | undefined): number {
  const batch = text === undefined ? DEFAULT_BATCH : Number(text);
  if (!Number.isInteger(batch) || batch < 1 || batch > MOST) throw new UsageError(`--batch is 1 to ${MOST}`);
  return batch;
}

interface DestroyOptions {
  readonly yes: boolean;
  readonly case?: string | undefined;
  readonly by?: string | undefined;
}

async function destroy(subject = '', options: DestroyOptions, print: Print): Promise<number> {
  const order = DestroyPersonKeyV1.payload.safeParse({
    subjectRef: subject,
    requestedBy: options.by ?? userInfo().username,
    ...(options.case !== undefined && { caseId: options.case }),
  });
  if (!order.success)
    throw new UsageError('SUBJECT_REF is 64 hexadecimal digits, --case a UUID, --by an account');
  if (!options.yes) throw new UsageError('nothing brings the key back: say --yes');
  const answer = await asOperator((queries) => queries.ask(DestroyPersonKeyV1, order.data));
  print(
    answer.kind === 'missing'
      ? 'no key of this person'
      : `${answer.keyId}  destroyed at ${answer.destroyedAt}`,
  );
  return answer.kind === 'missing' ? 1 : 0;
}
