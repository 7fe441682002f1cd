import { REFUSE, RESERVE } from '../../src/persistence/reserve.sql.js';
import { FREE_PENDING, POST, RELEASE_POSTED } from '../../src/persistence/resolve.sql.js';
import { STATEMENT } from '../../src/persistence/statement.sql.js';
import { PaperLedger, type Answer, type PaperRule } from './paper-ledger.js';
import { paperRule, type Sequence, type Step } from './sequence.js';

type Row = Readonly<Record<string, unknown>>;

/** A statement for the database, and what it must answer; without an expectation it only prepares the next. */
export interface Line {
  readonly sql: string;
  readonly expected?: Answer;
  readonly read?: (rows: readonly Row[]) => Answer;
}

/** The service's own statements under names, so that thousands of calls travel in one round trip. */
export const PREPARE = `
  PREPARE reserve (text, text, text, uuid, uuid, integer, integer) AS ${RESERVE};
  PREPARE refuse (text, text, text, uuid, uuid) AS ${REFUSE};
  PREPARE post (uuid[]) AS ${POST};
  PREPARE free_pending (uuid[]) AS ${FREE_PENDING};
  PREPARE release_posted (uuid) AS ${RELEASE_POSTED};
  PREPARE statement_of (text, bigint, integer) AS ${STATEMENT};`;

export type RuleOf = (document: Sequence['document'], operatorId: string) => PaperRule;

/** What the service would ask the database in the course of a sequence, beside what the paper says to it. */
export function scriptOf(sequence: Sequence, ruleOf: RuleOf = paperRule): Line[] {
  const paper = new PaperLedger((operatorId) => ruleOf(sequence.document, operatorId));
  const lines = sequence.steps.flatMap((step) =>
    step.act === 'die' ? dying(sequence, step.during) : linesOf(sequence, step, paper),
  );
  return [...lines, ...closing(sequence, paper)];
}

function dying(sequence: Sequence, step: Step): Line[] {
  if (step.act === 'die') return dying(sequence, step.during);
  const nobodyLooks = linesOf(sequence, step, new PaperLedger(() => ({ cap: 0, countsAll: true })));
  const lost = nobodyLooks.filter(({ sql }) => !sql.startsWith('EXECUTE refuse')).map(({ sql }) => ({ sql }));
  return [{ sql: 'SAVEPOINT death' }, ...lost, { sql: 'ROLLBACK TO SAVEPOINT death' }];
}

function linesOf(sequence: Sequence, step: Exclude<Step, { act: 'die' }>, paper: PaperLedger): Line[] {
  const { caseId, operatorId } = sequence.cases[step.who]!;
  switch (step.act) {
    case 'reserve':
      return reserving(sequence, step.who, paper.reserve(caseId, operatorId));
    case 'post':
      return [{ sql: `EXECUTE post ('{${caseId}}')`, expected: paper.post(caseId), read: movedTo('posted') }];
    case 'void':
      return [freeing(caseId, paper.free(caseId, false))];
    case 'expire':
      return [timePassing(caseId), freeing(caseId, paper.free(caseId, true))];
    case 'release':
      return [
        {
          sql: `EXECUTE release_posted ('${caseId}')`,
          expected: paper.release(caseId),
          read: movedTo('released'),
        },
      ];
  }
}

/** A case that is asked for twice comes with another transfer id, as another delivery would bring it. */
function reserving({ subjectRef, document, cases }: Sequence, who: number, expected: Answer): Line[] {
  const { caseId, operatorId } = cases[who]!;
  const request = `'${subjectRef}', '${operatorId}', '${document}', '${caseId}', gen_random_uuid()`;
  const reserve = { sql: `EXECUTE reserve (${request}, 30, 15000)`, expected, read: reservation };
  if (expected !== 'refused') return [reserve];
  return [
    reserve,
    { sql: `EXECUTE refuse (${request})`, expected: '1 row', read: (rows) => `${rows.length} row` },
  ];
}

function freeing(caseId: string, expected: Answer): Line {
  const read = ([row]: readonly Row[]) =>
    row ? `${String(row['cause'])} ${String(row['slot_number'])}` : 'nothing';
  return { sql: `EXECUTE free_pending ('{${caseId}}')`, expected, read };
}

function timePassing(caseId: string): Line {
  return { sql: `UPDATE slots SET expires_at = now() WHERE case_id = '${caseId}' AND state = 'pending'` };
}

function closing({ subjectRef }: Sequence, paper: PaperLedger): Line[] {
  return [
    {
      sql: `EXECUTE statement_of ('${subjectRef}', 0, 1000)`,
      expected: [...paper.journal, 'balanced'].join('\n'),
      read: ([row]) => journalOf(row!),
    },
    {
      sql: `SELECT operator_id, slot_number, state FROM slots WHERE subject_ref = '${subjectRef}'`,
      expected: paper.heldSlots().join('\n'),
      read: (rows) =>
        rows
          .map((row) => [row['operator_id'], row['slot_number'], row['state']].join(' '))
          .toSorted()
          .join('\n'),
    },
  ];
}

function reservation([row]: readonly Row[]): Answer {
  if (!row) return 'no rule';
  if (row['answered_before'] === true) return 'answered before';
  if (row['slot_number'] !== null) return `reserved ${row['slot_number'] as number}`;
  return (row['held'] as number[]).length >= (row['cap'] as number) ? 'refused' : 'overtaken';
}

function movedTo(state: string) {
  return ([row]: readonly Row[]): Answer => (row ? `${state} ${String(row['slot_number'])}` : 'nothing');
}

function journalOf(row: Row): Answer {
  const entries = row['entries'] as Readonly<Record<string, string | number | null>>[];
  const lines = entries.map(
    (entry) =>
      `${entry['kind']} ${entry['caseId']} ${entry['slotNumber'] ?? '-'} ${entry['pending']}+${entry['posted']}`,
  );
  return [...lines, row['balanced'] === true ? 'balanced' : 'not balanced'].join('\n');
}
