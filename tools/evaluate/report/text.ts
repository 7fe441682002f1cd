import type { ReportDocument, Section, Table } from './document.js';

export function printedReport({ title, sections }: ReportDocument): string {
  const printed = sections.filter(({ onPageOnly }) => !onPageOnly).map(printedSection);
  return [title, '='.repeat(title.length), ...printed].join('\n');
}

function printedSection({ heading, paragraphs = [], table }: Section): string {
  return ['', heading, ...paragraphs.map((text) => `  ${text}`), ...(table ? printedTable(table) : [])].join(
    '\n',
  );
}

function printedTable({ head, rows }: Table): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return [head, ...rows].map((row) => {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return `  ${cells.join('  ')}`.trimEnd();
  });
}
