import { parseArgs } from 'node:util';
import { BooksCheckV1, SubjectStatementV1, type ReplyOf } from '@absah/contracts';
import type { QueryClient } from '@absah/messaging';
import { UsageError, type Command } from '../command.js';
import { asOperator } from '../operator-connection.js';
import { discrepancyText, statementTable } from './table.js';

type Print = (line: string) => void;
type Statement = ReplyOf<typeof SubjectStatementV1>;

const USAGE = `npm run -s absah -- ledger statement SUBJECT [--json]
npm run -s absah -- ledger check [--json]

  statement   every entry of a person (the subjectRef, never a NIK), with the balance after each
  check       holds all entries against all slots; fails when they differ`;

/** A page of the check reads a thousand people. */
const CHECK_TIMEOUT_MS = 60_000;

export const ledgerCommand: Command = { usage: USAGE, run };

async function run([verb = '', ...args]: readonly string[], print: Print): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const write = (value: unknown, text: string) =>
    print(values.json ? JSON.stringify(value, undefined, 2) : text);
  if (verb === 'statement') {
    const subjectRef = subjectOf(positionals);
    const statement = await asOperator((queries) => statementOf(queries, subjectRef));
    write(statement, statementTable(statement));
    return statement.balanced ? 0 : 1;
  }
  if (verb !== 'check') throw new UsageError('statement SUBJECT, or check');
  const checked = await asOperator(check);
  write(checked, discrepancyText(checked));
  return checked.discrepancies.length === 0 ? 0 : 1;
}

function subjectOf([text]: readonly string[]): string {
  const subject = SubjectStatementV1.payload.shape.subjectRef.safeParse(text);
  if (!subject.success) throw new UsageError('SUBJECT is a subjectRef: 64 hexadecimal digits');
  return subject.data;
}

async function statementOf(queries: QueryClient, subjectRef: string): Promise<Omit<Statement, 'next'>> {
  const entries: Statement['entries'] = [];
  for (let after = 0; ;) {
    const { next, ...page } = await queries.ask(SubjectStatementV1, { subjectRef, after });
    entries.push(...page.entries);
    if (next === null) return { ...page, entries };
    after = next;
  }
}

async function check(queries: QueryClient) {
  const discrepancies: ReplyOf<typeof BooksCheckV1>['discrepancies'] = [];
  let people = 0;
  for (let after: string | null = null; ;) {
    const page: ReplyOf<typeof BooksCheckV1> = await queries.ask(
      BooksCheckV1,
      { after },
      { timeoutMs: CHECK_TIMEOUT_MS },
    );
    people += page.people;
    discrepancies.push(...page.discrepancies);
    if (page.next === null) return { people, discrepancies };
    after = page.next;
  }
}
