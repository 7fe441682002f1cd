import type { ErrorCount } from '@absah/evaluation';
import { acquisitionSection } from '../report/acquisition.js';
import type { ReportDocument, Section } from '../report/document.js';
import { count, percent, percentRange } from '../report/figures.js';
import { scorePlot } from '../report/score-plot.js';
import { BONA_FIDE } from './evaluate-pad.js';
import type { PadResult } from './evaluate-pad.js';

const HEAD = ['', 'presented', 'no response', 'errors', 'rate', '95 %', 'of all presented'];

function row(name: string, counted: ErrorCount): string[] {
  return [
    name,
    count(counted.presentations),
    percent(counted.nonResponseRate),
    count(counted.errors),
    percent(counted.rate),
    percentRange(counted.interval),
    percent(counted.rateOfAll),
  ];
}

function rows(counts: Readonly<Record<string, ErrorCount>>, name: string): string[][] {
  return Object.entries(counts).map(([species, counted]) => row(`${name} ${species}`, counted));
}

export function padDocument(result: PadResult): ReportDocument {
  const kinds = Object.entries(result.byKindOfAttack);
  return {
    title: 'Error rates of liveness detection',
    sections: [
      {
        heading: `As the product decides: live from a score of ${result.threshold}`,
        paragraphs: [
          result.gate
            ? 'Images that the quality gate sends back count as not answered.'
            : 'Images without exactly one face count as not answered; the quality gate is not asked.',
          `BPCER ${percent(result.bpcer)}, worst APCER ${percent(result.worstApcer)}, ` +
            `BPNRR ${percent(result.bpnrr)}, APNRR ${percent(result.apnrr)}.`,
        ],
        table: {
          head: HEAD,
          rows: [row('BPCER', result.bonaFide), ...rows(result.bySpecies, 'APCER')],
        },
      },
      {
        heading: 'By kind of attack',
        table: { head: HEAD, rows: kinds.map(([kind, counted]) => row(`APCER ${kind}`, counted)) },
      },
      ...heldOutSection(result),
      {
        heading: 'Scores',
        paragraphs: ['The dashed line is where the product accepts.'],
        chart: scorePlot(
          'distribution of liveness scores',
          Object.entries(result.scores).map(([name, counts]) => ({ name, counts })),
          [0, 1],
          result.threshold,
        ),
        onPageOnly: true,
      },
      {
        heading: 'By folder',
        table: {
          head: HEAD,
          rows: result.byFolder.map((folder) =>
            row(`${folder.kind === 'attack' ? 'APCER' : 'BPCER'} ${folder.folder || BONA_FIDE}`, folder),
          ),
        },
        onPageOnly: true,
      },
      acquisitionSection(result),
      { heading: 'What a sample of this size can show', paragraphs: result.statements },
    ],
  };
}

function heldOutSection({ heldOut, atApcer }: PadResult): Section[] {
  const max = percent(atApcer.maxApcer);
  const optimistic =
    `With a threshold chosen on these images, so that no species has an APCER above ${max} (${atApcer.threshold.toFixed(4)}), ` +
    `BPCER is ${percent(atApcer.bpcer)}: an optimistic figure.`;
  if (!heldOut) {
    const missing =
      'No subject or clip is left out in turn here: that takes at least two groups of living people and two of ' +
      'attacks with answered images, so that the others always hold both.';
    return [{ heading: 'At another threshold', paragraphs: [optimistic, missing] }];
  }
  return [
    {
      heading: 'Each subject and clip left out in turn',
      paragraphs: [
        optimistic,
        'Below, each subject or clip is judged by the threshold that serves the others best (the larger of BPCER ' +
          'and worst APCER is smallest, in the middle of its range) ' +
          `(${heldOut.thresholds.map((threshold) => threshold.toFixed(4)).join(' to ')}).`,
      ],
      table: {
        head: HEAD,
        rows: [row('BPCER', heldOut.bonaFide), ...rows(heldOut.bySpecies, 'APCER')],
      },
    },
  ];
}
