import { FMR_TARGETS, GENUINE_PER_PERSON } from '@absah/evaluation';
import type { FmrTarget, RatesAtThreshold, RecognitionRates } from '@absah/evaluation';
import { acquisitionSection } from '../report/acquisition.js';
import { detPlot } from '../report/det-plot.js';
import type { ReportDocument, Section, Table } from '../report/document.js';
import { count, percent, percentRange } from '../report/figures.js';
import { scorePlot } from '../report/score-plot.js';
import type { FacesResult } from './evaluate-faces.js';
import type { NamedComparison, WorstComparisons } from './worst-comparisons.js';

interface View {
  readonly name: string;
  /** Whom it weighs how much. */
  readonly weighting: string;
  readonly rates: RecognitionRates;
}

function viewsOf(result: FacesResult): readonly View[] {
  return [
    {
      name: 'headline',
      weighting: `At most ${GENUINE_PER_PERSON} genuine comparisons of each person; every pair of people weighs one among the impostors.`,
      rates: result,
    },
    { name: 'all pairs', weighting: 'Every comparison.', rates: result.allPairs },
    {
      name: 'identity-balanced',
      weighting: 'Every person weighs one among the genuine, every pair of people one among the impostors.',
      rates: result.identityBalanced,
    },
  ];
}

export function facesDocument(result: FacesResult): ReportDocument {
  const views = viewsOf(result);
  return {
    title: 'Error rates of face recognition',
    sections: [
      { heading: 'What was compared', paragraphs: whatWasCompared(result) },
      acquisitionSection(result),
      ...views.map(ratesSection),
      {
        heading: 'DET curve',
        chart: detPlot(views.map(({ name, rates: { det } }) => ({ name, det }))),
        onPageOnly: true,
      },
      {
        heading: 'Scores',
        paragraphs: ['Cosine of all comparisons. The dashed line is where the product accepts.'],
        chart: scorePlot(
          'distribution of cosines',
          [
            { name: 'impostor', counts: result.scores.impostor },
            { name: 'genuine', counts: result.scores.genuine },
          ],
          [-1, 1],
          result.atOperatingPoint.threshold,
        ),
        onPageOnly: true,
      },
      bandsSection(result),
      { heading: 'What a sample of this size can show', paragraphs: result.statements },
      ...(result.worst ? worstSections(result.worst) : []),
    ],
  };
}

function whatWasCompared(result: FacesResult): string[] {
  const { captures, gate, persons, labelErrorsDropped } = result;
  const probes =
    captures > 1
      ? `A probe is the mean of ${captures} images of one person, in disjoint sets by file name; a reference is one image outside the set.`
      : 'Each image is compared with each other one.';
  return [
    `${count(persons)} people; ${count(labelErrorsDropped)} images were left out as wrongly labelled.`,
    probes,
    gate
      ? 'Only images that pass the quality gate take part.'
      : 'Every image in which a face was found takes part, whatever its quality.',
    `At the product's threshold and with failures to acquire: false rejects ${percent(result.falseRejectRate)}, ` +
      `false accepts ${percent(result.falseAcceptRate)}.`,
  ];
}

function ratesSection({ name, weighting, rates }: View): Section {
  return {
    heading: `Error rates: ${name}`,
    paragraphs: [
      `${weighting} ${count(rates.genuineComparisons)} genuine comparisons of ${count(rates.genuinePersons)} people, ` +
        `${count(rates.impostorComparisons)} impostor comparisons. Equal error rate ${percent(rates.eer)} at ` +
        `${rates.eerThreshold.toFixed(3)}.`,
      'Intervals: 95 %, bootstrap over people; without an error Clopper–Pearson over people.',
    ],
    table: ratesTable(rates),
  };
}

function ratesTable({ fnmrAtFmr, atOperatingPoint }: RecognitionRates): Table {
  const targets = Object.keys(FMR_TARGETS) as FmrTarget[];
  return {
    head: ['', 'threshold', 'FMR', '95 %', 'false matches', 'FNMR', '95 %', 'false non-matches'],
    rows: [
      ...targets.map((target) => ratesRow(`FMR ${target}`, fnmrAtFmr[target])),
      ratesRow('as the product decides', atOperatingPoint),
    ],
  };
}

function ratesRow(name: string, rates: RatesAtThreshold): string[] {
  return [
    name,
    rates.threshold.toFixed(4),
    percent(rates.fmr),
    percentRange(rates.fmrInterval),
    count(rates.falseMatches),
    percent(rates.fnmr),
    percentRange(rates.interval),
    count(rates.falseNonMatches),
  ];
}

function bandsSection({ byQuality }: FacesResult): Section {
  return {
    heading: 'By quality',
    paragraphs: [
      'False non-matches as the product decides, by the worse image of each comparison, in thirds of each measure.',
    ],
    table: {
      head: ['measure', 'from', 'to', 'comparisons', 'FNMR', '95 %'],
      rows: byQuality.map((band) => [
        band.measure,
        ...[band.from, band.to].map((edge) => edge.toPrecision(3)),
        count(band.comparisons),
        percent(band.fnmr),
        percentRange(band.interval),
      ]),
    },
  };
}

function worstSections({ impostors, genuine }: WorstComparisons): Section[] {
  const table = (comparisons: readonly NamedComparison[]): Table => ({
    head: ['probe', 'reference', 'cosine'],
    rows: comparisons.map(({ probe, reference, score }) => [probe, reference, score.toFixed(4)]),
  });
  return [
    { heading: 'Different people who look most alike', table: table(impostors), onPageOnly: true },
    { heading: 'One person who looks least alike', table: table(genuine), onPageOnly: true },
  ];
}
