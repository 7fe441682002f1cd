import type { BooksCheckV1, ReplyOf, SubjectStatementV1 } from '@absah/contracts';

type Statement = Pick<ReplyOf<typeof SubjectStatementV1>, 'entries' | 'held' | 'balanced'>;
type Checked = Pick<ReplyOf<typeof BooksCheckV1>, 'people' | 'discrepancies'>;

const HEADING = ['entry', 'at', 'kind', 'slot', 'pending', 'posted', 'operator', 'document', 'case'];

export function statementTable({ entries, held, balanced }: Statement): string {
  const lines = entries.map((entry) => [
    String(entry.number),
    entry.at.slice(0, 19).replace('T', ' '),
    entry.kind,
    entry.slotNumber === null ? '–' : String(entry.slotNumber),
    String(entry.pending),
    String(entry.posted),
    entry.operatorId,
    entry.document,
    entry.caseId,
  ]);
  const rows = [HEADING, ...lines];
  const widths = HEADING.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const sum = `${held.pending} reserved, ${held.posted} registered`;
  return [...table, balanced ? `Held: ${sum}.` : `Held: ${sum}. The entries do not add up to that.`].join(
    '\n',
  );
}

export function discrepancyText({ people, discrepancies }: Checked): string {
  const found = discrepancies.map(
    ({ subjectRef, caseId, byEntries, bySlots }) =>
      `${subjectRef}  case ${caseId}: ${byEntries ?? 'nothing'} by its entries, ${bySlots ?? 'nothing'} by its slot`,
  );
  const verdict = found.length === 0 ? 'entries and slots agree' : `${found.length} differ`;
  return [`${people} ${people === 1 ? 'person' : 'people'}: ${verdict}.`, ...found].join('\n');
}
