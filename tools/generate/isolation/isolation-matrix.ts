import { generatedPage, markdownTable } from '../markdown-table.js';
import { attempts, BROKER_USERS, type Attempt } from './attempts.js';

/** Who may do what at the broker; the same attempts are made for real by the test beside this file. */
export function isolationMatrix(): string {
  const rows = [...Map.groupBy(attempts(), ({ row }) => row)].map(([row, made]) => [
    row,
    ...BROKER_USERS.map((user) => answerTo(user, made)),
  ]);
  return generatedPage('Who may do what at the broker', [
    'A row stands for one or more subjects. `yes`: all of them; `some`: a part, which is its own; empty: none. ' +
      'Every combination of a subject and a user is tried at a real server by ' +
      '`tools/generate/isolation/isolation.int.spec.ts`. What it means: ' +
      '[isolation](../explanation/isolation.md).',
    markdownTable(['to', ...BROKER_USERS], rows),
  ]);
}

function answerTo(user: Attempt['allowedTo'][number], made: readonly Attempt[]): string {
  const allowed = made.filter(({ allowedTo }) => allowedTo.includes(user)).length;
  if (allowed === 0) return '';
  return allowed === made.length ? 'yes' : 'some';
}
