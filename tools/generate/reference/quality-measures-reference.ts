import type { QualityDemand } from '@absah/biometrics';
import { qualityAdvice, qualityDemands } from '@absah/biometrics';
import { modelManifest } from '@absah/inference';
import { generatedPage, markdownTable } from '../markdown-table.js';

const INTRO =
  'The gate measures every face and asks for another picture when a measure is beyond its limit. The components ' +
  'are those of ISO/IEC 29794-5 and its reference code OFIQ; the measures behind them are our own. Limits stand ' +
  'in the model manifest under `thresholds.quality` and change with the models. At most three reasons are told, ' +
  'in the order of this table, and none that another one explains (last column). A retake is never an attack.';

const ADVICE = 'What the person is told, in Indonesian and in English.';

export function qualityMeasuresReference(): string {
  const measures = markdownTable(
    ['reason', 'component', 'unit', 'limit', 'not told beside'],
    qualityDemands.map(measureRow),
  );
  const advice = markdownTable(
    ['reason', 'Indonesian', 'English'],
    Object.entries(qualityAdvice).map(([reason, { id, en }]) => [`\`${reason}\``, id, en]),
  );
  return generatedPage('Quality measures', [INTRO, measures, '## Advice', ADVICE, advice]);
}

function measureRow({ reason, component, unit, limit, unless }: QualityDemand): readonly string[] {
  return [
    `\`${reason}\``,
    component,
    unit,
    limitText(limit),
    unless.map((other) => `\`${other}\``).join(', '),
  ];
}

function limitText(limit: QualityDemand['limit']): string {
  const { quality } = modelManifest.thresholds;
  if ('max' in limit) return `at most ${quality[limit.max]}`;
  return `at least ${limit.min === 1 ? 1 : quality[limit.min]}`;
}
