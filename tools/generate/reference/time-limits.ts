import type { Outstanding } from '../../../apps/capture-intake/src/domain/deadlines.js';
import { markdownTable } from '../markdown-table.js';
import type { ConfigSection } from './config-keys.js';

interface Limit {
  readonly key: string;
  readonly project: string;
  readonly from: string;
  readonly then: string;
}

const INTAKE = 'capture-intake';

/** What an open case waits for, in the order in which it may. */
const OF_CASES: Readonly<Record<Outstanding, Limit & { readonly status: string }>> = {
  recognition: {
    status: 'processing',
    key: 'RECOGNITION_LIMIT_MS',
    project: INTAKE,
    from: 'its receipt',
    then: '`retake`',
  },
  registry: {
    status: 'parked',
    key: 'PARKED_LIMIT_HOURS',
    project: INTAKE,
    from: 'its receipt',
    then: '`expired`',
  },
  slot: {
    status: 'processing',
    key: 'SLOT_LIMIT_MS',
    project: INTAKE,
    from: 'its match',
    then: '`expired`',
  },
  activation: {
    status: 'approved',
    key: 'RESERVATION_MINUTES',
    project: 'quota-ledger',
    from: 'the reservation of its slot',
    then: '`expired`',
  },
  assistance: {
    status: 'needs-assistance',
    key: 'ASSISTANCE_LIMIT_HOURS',
    project: INTAKE,
    from: 'its last attempt',
    then: '`expired`',
  },
};

/** Of the services that a case passes through until it is recognised. */
const OF_STAGES: readonly Limit[] = [
  {
    project: 'liveness',
    key: 'ASSESSMENT_LIMIT_MS',
    from: 'the submission of the picture',
    then: '`CaptureRetakeRequestedV1`: a retake, and no model looks at it',
  },
  {
    project: 'template-extraction',
    key: 'EXTRACTION_LIMIT_MS',
    from: 'the verdict of liveness',
    then: '`FaceLostV1`: a retake, and no template is made',
  },
  {
    project: 'ikd-gateway',
    key: 'REGISTRY_DELAY_LIMIT_MS',
    from: 'the template',
    then: '`IdentityParkedV1`: it is asked about later, unless it is over by then',
  },
];

export function caseLimitsTable(sections: readonly ConfigSection[]): string {
  const rows = Object.entries(OF_CASES).map(([awaited, limit]) => [
    awaited,
    `\`${limit.status}\``,
    describe(limit, sections),
    limit.from,
    limit.then,
  ]);
  return markdownTable(['waits for', 'status', 'limit', 'from', 'then'], rows);
}

export function stageLimitsTable(sections: readonly ConfigSection[]): string {
  const rows = OF_STAGES.map((limit) => [limit.project, describe(limit, sections), limit.from, limit.then]);
  return markdownTable(['service', 'limit', 'from', 'then'], rows);
}

/** Milliseconds of each service until a case is recognised, and of the intake, which waits for all of them. */
export function recognitionLimits(sections: readonly ConfigSection[]): {
  readonly stagesMs: readonly number[];
  readonly wholeMs: number;
} {
  const valueOf = (limit: Limit) => Number(defaultOf(limit, sections));
  return { stagesMs: OF_STAGES.map(valueOf), wholeMs: valueOf(OF_CASES.recognition) };
}

function describe(limit: Limit, sections: readonly ConfigSection[]): string {
  return `\`${limit.key}\` = ${defaultOf(limit, sections)}`;
}

function defaultOf({ project, key }: Limit, sections: readonly ConfigSection[]): string {
  const keys = sections.filter((section) => section.project === project).flatMap((section) => section.keys);
  const byDefault = keys.find(({ name }) => name === key)?.byDefault;
  if (byDefault === undefined) throw new Error(`${project} has no key ${key} with a default`);
  return byDefault;
}
