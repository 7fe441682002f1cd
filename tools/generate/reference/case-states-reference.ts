import { TRANSITIONS } from '../../../apps/capture-intake/src/domain/transitions.js';
import { generatedPage, markdownTable } from '../markdown-table.js';
import type { ConfigSection } from './config-keys.js';
import { caseLimitsTable, stageLimitsTable } from './time-limits.js';

type Status = keyof typeof TRANSITIONS;
type FactKind = keyof (typeof TRANSITIONS)[Status];

const INTRO =
  'A verification is a case that capture-intake moves from status to status. These are all the ways there are; a ' +
  'fact that a status does not list changes nothing, however late or often it comes.';

const ALTERNATIVES =
  'Where a fact leads to one of several: a match and a reserved slot approve together, in either order; a failed ' +
  'attempt that was the last one ends in `needs-assistance`; and `overdue` means a retake as long as nobody was ' +
  'recognised.';

const CASE_LIMITS =
  'An open case waits for one thing at a time, for none of them twice, and for each until a deadline that is stored ' +
  'with it. Then it is `overdue`, and the next sweep of any replica ends it. Each limit is ' +
  '[configuration](config.md), here with its default:';

const STAGE_LIMITS =
  'Until it is recognised, a case passes through three services. Each compares the time in the message with a limit ' +
  'of its own, so that nobody works on what is late, and a restart begins no limit anew. A message whose handling ' +
  'fails comes again after 30 seconds at the latest: `RECOGNITION_LIMIT_MS` should exceed the sum of these by 90 seconds.';

/** In the order in which a case may meet them. */
const SAYS: Readonly<Record<FactKind, string>> = {
  'retake-requested': 'liveness: the picture is no good',
  'attack-suspected': 'liveness: no living person',
  'face-lost': 'template-extraction: no face to be had',
  matched: 'ikd-gateway: the same person',
  mismatched: 'ikd-gateway: somebody else',
  refused: 'ikd-gateway: the registry has nobody to compare with',
  parked: 'ikd-gateway: the registry cannot answer now',
  'slot-reserved': 'quota-ledger: one more SIM is allowed',
  'slot-refused': 'quota-ledger: the cap is reached',
  'slot-released': 'quota-ledger: the slot was given back',
  activated: 'operator: the SIM is active',
  deactivated: 'operator: the SIM is deregistered',
  cancelled: 'operator: given up',
  overdue: 'clock: what it waits for did not come in time',
};

export function caseStatesReference(sections: readonly ConfigSection[]): string {
  const statuses = Object.keys(TRANSITIONS) as Status[];
  const table = markdownTable(['from', 'by', 'who says it', 'to'], statuses.flatMap(rowsOf));
  const ends = statuses.filter((status) => factsOf(status).length === 0).map((status) => `\`${status}\``);
  return generatedPage('States of a case', [
    INTRO,
    diagram(statuses),
    `Ends: ${ends.join(', ')}. An \`activated\` case stays so until its SIM is deregistered.`,
    ALTERNATIVES,
    table,
    '## Time limits',
    CASE_LIMITS,
    caseLimitsTable(sections),
    STAGE_LIMITS,
    stageLimitsTable(sections),
  ]);
}

function rowsOf(from: Status): (readonly string[])[] {
  return factsOf(from).map((fact) => [
    `\`${from}\``,
    `\`${fact}\``,
    SAYS[fact],
    targets(from, fact)
      .map((to) => `\`${to}\``)
      .join(' or '),
  ]);
}

/** One arrow for each pair of statuses, named after all that may cause it. */
function diagram(statuses: readonly Status[]): string {
  const arrows = new Map<string, string[]>([['[*] --> processing', ['submitted']]]);
  for (const from of statuses) {
    for (const fact of factsOf(from)) {
      for (const to of targets(from, fact)) {
        if (to === from) continue;
        const arrow = `${idOf(from)} --> ${idOf(to)}`;
        arrows.set(arrow, [...(arrows.get(arrow) ?? []), fact]);
      }
    }
  }
  const lines = Array.from(arrows, ([arrow, facts]) => `  ${arrow}: ${facts.join(', ')}`);
  return ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n');
}

function factsOf(status: Status): FactKind[] {
  return (Object.keys(SAYS) as FactKind[]).filter((fact) => TRANSITIONS[status][fact]);
}

function targets(from: Status, fact: FactKind): readonly Status[] {
  return TRANSITIONS[from][fact]?.to ?? [];
}

/** Mermaid takes a hyphen for a part of an arrow. */
function idOf(status: Status): string {
  return status.replace('-', '_');
}
