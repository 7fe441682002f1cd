import {
  CAPTURE_ACCESS,
  CAPTURE_STREAM,
  captureSubject,
  consumersOf,
  EVENTS,
  QUERIES,
  type CaptureKind,
} from '@absah/contracts';
import { generatedPage, markdownTable } from '../markdown-table.js';

/** Who says what to whom, for a reader; machines read docs/asyncapi. */
export function messagesReference(): string {
  return generatedPage('Messages', [
    'Payload schemas are in [asyncapi.json](../asyncapi/asyncapi.json); a name and its version are never reused.',
    '## Events',
    markdownTable(
      ['name', 'subject', 'owner', 'heard by', 'fact'],
      EVENTS.map((event) => [
        event.name,
        `\`${event.subject}\``,
        event.owner,
        consumersOf(event).join(', '),
        event.summary,
      ]),
    ),
    '## Queries',
    markdownTable(
      ['name', 'subject', 'answered by', 'asked by', 'question'],
      QUERIES.map((query) => [
        query.name,
        `\`${query.subject}\``,
        query.owner,
        query.askedBy.join(', '),
        query.summary,
      ]),
    ),
    '## Sealed captures',
    `Pictures are no messages. They wait, sealed, in the memory-only stream \`${CAPTURE_STREAM}\`.`,
    captureAccess(),
  ]);
}

function captureAccess(): string {
  const subjects = (kinds: readonly CaptureKind[]) =>
    kinds.map((kind) => `\`${captureSubject('<captureId>', kind)}\``).join(', ') || 'no';
  const rows = Object.entries(CAPTURE_ACCESS).map(([service, { put, get, purge }]) => [
    service,
    subjects(put),
    subjects(get),
    purge ? 'yes' : 'no',
  ]);
  return markdownTable(['service', 'may put', 'may read', 'may purge'], rows);
}
