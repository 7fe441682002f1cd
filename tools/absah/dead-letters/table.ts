import type { ShownPayload } from '@absah/contracts';
import type { Letter, Listing } from './desk.js';

const COLUMNS: readonly (readonly [string, (letter: Letter) => string])[] = [
  ['id', ({ id }) => id],
  ['service', ({ service }) => service],
  ['event', ({ consumer, service }) => consumer.slice(service.length + 1)],
  ['code', ({ code }) => code],
  ['tries', ({ deliveries }) => String(deliveries)],
  ['buried at', ({ buriedAt }) => buriedAt.slice(0, 19).replace('T', ' ')],
  ['case', ({ correlationId }) => correlationId ?? ''],
];

export function listingTable({ letters, total, silent }: Listing): string {
  const notes = [
    ...(total > letters.length ? [`${total - letters.length} more are not shown.`] : []),
    ...silent.map((service) => `${service} does not answer: its dead letters are missing here.`),
  ];
  if (letters.length === 0) return ['No dead letters.', ...notes].join('\n');
  const rows = [
    COLUMNS.map(([title]) => title),
    ...letters.map((one) => COLUMNS.map(([, cell]) => cell(one))),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...notes].join('\n');
}

export function letterText(letter: Letter, payload: ShownPayload): string {
  const fields = Object.entries({ ...letter, correlationId: letter.correlationId ?? '(none)' });
  const lines = fields.map(([name, value]) => `${name.padEnd(14)} ${String(value)}`);
  return [...lines, 'payload', ...payloadLines(payload)].join('\n');
}

function payloadLines(payload: ShownPayload): string[] {
  if (payload.kind === 'fields') {
    return Object.entries(payload.fields).map(
      ([name, value]) => `  ${name.padEnd(14)} ${JSON.stringify(value)}`,
    );
  }
  return [`  not what its contract says: ${payload.byteLength} bytes, SHA-256 ${payload.sha256}`];
}
