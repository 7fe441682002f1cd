import { parseArgs } from 'node:util';
import { UsageError, type Command } from '../command.js';
import { asOperator } from '../operator-connection.js';
import { keysStatus, rewrapAll } from './rewrap-all.js';

type Print = (line: string) => void;

const DEFAULT_BATCH = 500;
const MOST = 1000;

const USAGE = `npm run -s absah -- keys status [--json]
npm run -s absah -- keys rewrap [--batch N] [--json]

  status   how many keys of persons are wrapped under which key-encryption key
  rewrap   wraps all of them under the active one, ${DEFAULT_BATCH} at a time; may be killed, and goes on when called again`;

export const keysCommand: Command = { usage: USAGE, run };

async function run([verb = '', ...args]: readonly string[], print: Print): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { batch: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  if (verb === 'status') return status(values.json, print);
  if (verb === 'rewrap') return rewrap(batchOf(values.batch), values.json, print);
  throw new UsageError('status or rewrap');
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
