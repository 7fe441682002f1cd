import {
  countErrors,
  folderRoles,
  isAttack,
  rateClassification,
  rateHeldOut,
  thresholdForApcer,
} from '@absah/evaluation';
import type { ErrorCount, Presentation } from '@absah/evaluation';
import type { MeasuredImage } from '../measure/measure-dataset.js';
import { behindGate, countAcquisition, withoutGate } from '../report/acquisition.js';
import type { Acquisition, AcquisitionRule } from '../report/acquisition.js';
import { histogram } from '../report/score-plot.js';

export interface PadSettings {
  readonly gate: boolean;
  /** Score from which the product takes a presentation for live. */
  readonly threshold: number;
}

type Rates = Readonly<Record<string, number>>;
type Counts = Readonly<Record<string, ErrorCount>>;

export interface PadResult extends Acquisition {
  readonly evaluation: 'pad';
  readonly gate: boolean;
  readonly threshold: number;
  readonly bpcer: number;
  /** By species. */
  readonly apcer: Rates;
  /** By folder beside `live`, which may hold several species. */
  readonly apcerByType: Rates;
  readonly worstApcer: number;
  readonly apnrr: number;
  readonly bpnrr: number;
  readonly bonaFide: ErrorCount;
  readonly attacks: ErrorCount;
  readonly bySpecies: Counts;
  readonly byKindOfAttack: Counts;
  readonly byFolder: readonly FolderCount[];
  /** The threshold chosen on all these images, so that no species has a higher APCER: an optimistic figure. */
  readonly atApcer: { readonly maxApcer: number; readonly threshold: number; readonly bpcer: number };
  /** Each subject or clip judged by a threshold that was chosen on the others: see `evenThreshold`. Absent where
   *  some of these others lack the living or attacks. */
  readonly heldOut?: {
    readonly thresholds: readonly [number, number];
    readonly bpcer: number;
    readonly apcer: Rates;
    readonly worstApcer: number;
    readonly bonaFide: ErrorCount;
    readonly bySpecies: Counts;
  };
  /** Scores of 0 to 1 in equal bins. */
  readonly scores: Readonly<Record<string, readonly number[]>>;
  readonly statements: readonly string[];
}

interface FolderCount extends ErrorCount {
  readonly folder: string;
  readonly kind: 'bona-fide' | 'attack';
}

const MAX_APCER = 0.05;
const BINS = 50;
export const BONA_FIDE = 'live';

/** A system that sees one person answers; where there is no face, or several, it asks for another picture. */
const oneFace: AcquisitionRule = (measurement) => {
  if (measurement.kind !== 'face') return withoutGate(measurement);
  return measurement.singleFace ? [] : ['two-faces'];
};

export function evaluatePad(measured: readonly MeasuredImage[], { gate, threshold }: PadSettings): PadResult {
  const rule = gate ? behindGate : oneFace;
  const roles = folderRoles([...new Set(measured.map(({ image }) => image.folder))]);
  const presentations = measured.map(({ image, measurement }) => {
    const role = roles.get(image.folder) ?? { subject: image.folder };
    const answered = measurement.kind === 'face' && rule(measurement).length === 0;
    const score = answered ? { score: measurement.livenessScore } : {};
    return { folder: image.folder, presentation: { ...role, ...score } satisfies Presentation };
  });
  const all = presentations.map(({ presentation }) => presentation);
  if (!all.some(isAttack) || all.every(isAttack)) {
    throw new Error('nothing to tell apart: the folder needs one called live, and others with attacks');
  }
  const rates = rateClassification(all, threshold);
  const chosen = thresholdForApcer(all, MAX_APCER);
  const folders = Map.groupBy(presentations, ({ folder }) => folder);
  return {
    evaluation: 'pad',
    gate,
    threshold,
    ...countAcquisition(
      measured.map(({ measurement }) => measurement),
      rule,
    ),
    bpcer: rates.bonaFide.rate,
    apcer: ratesOf(rates.bySpecies),
    apcerByType: ratesOf(rates.byTypeOfAttack),
    worstApcer: rates.worstApcer,
    apnrr: rates.attacks.nonResponseRate,
    bpnrr: rates.bonaFide.nonResponseRate,
    bonaFide: rates.bonaFide,
    attacks: rates.attacks,
    bySpecies: Object.fromEntries(rates.bySpecies),
    byKindOfAttack: Object.fromEntries(rates.byKindOfAttack),
    byFolder: [...folders].map(([folder, group]) => ({
      folder,
      kind: roles.get(folder)?.kind ?? 'attack',
      ...countErrors(
        group.map(({ presentation }) => presentation),
        threshold,
      ),
    })),
    atApcer: { maxApcer: MAX_APCER, threshold: chosen, bpcer: rateClassification(all, chosen).bonaFide.rate },
    ...heldOut(all),
    scores: scoresBySpecies(all),
    statements: statements(rates.bonaFide, rates.bySpecies, new Set(all.map(({ subject }) => subject)).size),
  };
}

function heldOut(presentations: readonly Presentation[]): Pick<PadResult, 'heldOut'> {
  const rates = rateHeldOut(presentations);
  if (!rates) return {};
  const { bonaFide, bySpecies, worstApcer, thresholds } = rates;
  return {
    heldOut: {
      thresholds,
      bpcer: bonaFide.rate,
      apcer: ratesOf(bySpecies),
      worstApcer,
      bonaFide,
      bySpecies: Object.fromEntries(bySpecies),
    },
  };
}

function ratesOf(counts: ReadonlyMap<string, ErrorCount>): Rates {
  return Object.fromEntries([...counts].map(([name, { rate }]) => [name, rate]));
}

function scoresBySpecies(presentations: readonly Presentation[]): PadResult['scores'] {
  const groups = Map.groupBy(presentations, ({ kindOfAttack = BONA_FIDE }) => kindOfAttack);
  return Object.fromEntries(
    [...groups].map(([name, group]) => [
      name,
      histogram(
        group.flatMap(({ score }) => score ?? []),
        0,
        1,
        BINS,
      ),
    ]),
  );
}

function statements(
  bonaFide: ErrorCount,
  bySpecies: ReadonlyMap<string, ErrorCount>,
  subjects: number,
): string[] {
  const smallest = Math.min(...[...bySpecies.values()].map(({ responses }) => responses));
  return [
    `${bonaFide.presentations} bona fide presentations and ${bySpecies.size} species of attack, from ${subjects} ` +
      'subjects or clips. Intervals are Clopper–Pearson and would hold for independent presentations. Frames of ' +
      'one clip resemble each other, so the truth is less certain than they say: look at the figures by folder.',
    `The smallest species has ${smallest} answered presentations: with none accepted, an APCER below ` +
      `${((100 * 3) / smallest).toFixed(1)} % could be claimed at best (rule of 3). ISO/IEC 30107-3 tests use many more.`,
    'A species that is not in this folder is not tested by it. Nothing here says how 3D masks or deep fakes fare ' +
      'unless a folder holds them.',
  ];
}
