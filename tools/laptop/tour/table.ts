import { STAGES } from '@absah/contracts';
import type { PlayedScene } from './play.js';

const HEAD = ['', 'verification', 'outcome', 'reason', 'score', ...STAGES.map(String), 'total ms'];

/** Outcome, score and milliseconds per stage; what followed an activation is told below. */
export function tourTable(played: readonly PlayedScene[]): string {
  const rows = played.map(row);
  const widths = HEAD.map((title, column) =>
    Math.max(title.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column < 4 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  const ruler = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(HEAD), ruler, ...rows.map(line)].join('\n');
}

function row({ scene, view, totalMs, asExpected }: PlayedScene): string[] {
  return [
    asExpected ? '✓' : '✗',
    scene.title,
    view.status,
    view.reasons.map(({ code }) => code).join(', '),
    view.matchScore?.toFixed(3) ?? '',
    ...STAGES.map((stage) => view.stagesMs?.[stage]?.toFixed(0) ?? ''),
    totalMs.toFixed(0),
  ];
}

/** The sentences below the table. */
export function tourNotes(played: readonly PlayedScene[]): string[] {
  return played.flatMap(({ scene, view, aftermath, asExpected }) => {
    if (!asExpected)
      return [`✗ ${scene.title}: expected ${scene.expected.status} ${scene.expected.reason ?? ''}`];
    if (aftermath) {
      const positions = aftermath.trail.map(({ position }) => position);
      return [
        `${scene.title}: SIM registered; the registry received the number (${aftermath.numbersAtRegistry} for this NIK); ` +
          `audit log: ${aftermath.trail.length} entries at positions ${Math.min(...positions)} to ${Math.max(...positions)}`,
      ];
    }
    return view.reasons.map(({ advice }) => `${scene.title}: ${advice.id} / ${advice.en}`);
  });
}
