import type { Fault } from '../plan/plan.js';
import type { Finding } from '../verdict/finding.js';
import type { ChaosResult } from './result.js';

const NAMED_IDS = 10;

const WHAT: Readonly<Record<Fault['kind'], string>> = {
  kill: 'killed',
  'lose-store': 'killed, store deleted',
  pause: 'paused',
  hang: 'does not answer',
  refuse: 'breaks connections',
};

export function faultLine(fault: Fault): string {
  const behind = fault.kind === 'lose-store' ? fault.behind.map((service) => `, ${service}`).join('') : '';
  return `${fault.part}${behind} ${WHAT[fault.kind]}`;
}

export function table(result: ChaosResult): string {
  const rows = result.faults.map(({ fault, atMs, overMs, recoverySeconds }) => [
    seconds(atMs),
    faultLine(fault),
    seconds(overMs - atMs),
    recoverySeconds === undefined ? '–' : recoverySeconds.toFixed(1),
  ]);
  const lines = [['at, s', 'what', 'down, s', 'decides again after, s'], ...rows].map(
    ([at = '', what = '', down = '', again = '']) =>
      `${at.padStart(7)}  ${what.padEnd(52)}${down.padStart(8)}${again.padStart(24)}`,
  );
  return [...lines, '', ...totals(result), '', ...result.findings.flatMap(inWords)].join('\n').trimEnd();
}

function totals(result: ChaosResult): readonly string[] {
  const restarts = result.mishaps.filter(({ what }) => what === 'ended by itself').length;
  const rows: readonly (readonly [string, string | number])[] = [
    ['requests', `${result.requests} (${result.refused} refused, ${result.unanswered} unanswered)`],
    ['cases', `${result.cases} (${listed(result.byStatus)})`],
    ['retakes', listed(result.retakesByReason)],
    ['refused by the cap', result.refusedByCap],
    ['kills', `${result.kills}; ended by itself ${restarts} times`],
    ['quiet after', `${result.quietAfterSeconds} s`],
    ['lost', result.lost],
    ['doubled', result.doubled],
    ['over the cap', result.overCap],
    ['approved without match', result.approvedWithoutMatch],
    ['refused wrongly', result.refusedWrongly],
    ['images left', result.imagesLeft],
    ['dead letters', result.deadLetters],
    ['plaintext found', result.plaintextFound],
    ['seed', result.seed],
  ];
  return rows.map(([name, value]) => `${name.padEnd(24)}${value}`);
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

function inWords({ kind, what, ids }: Finding): readonly string[] {
  const more = ids.length > NAMED_IDS ? [`  and ${ids.length - NAMED_IDS} more`] : [];
  return [`${kind}: ${what} (${ids.length})`, ...ids.slice(0, NAMED_IDS).map((id) => `  ${id}`), ...more];
}
