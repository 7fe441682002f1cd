import type { ReportDocument } from '../report/document.js';
import { count, percent } from '../report/figures.js';
import type { QualityResult } from './evaluate-quality.js';

export function qualityDocument({ byFolder, reasons }: QualityResult): ReportDocument {
  const seen = Object.keys(reasons).sort((a, b) => (reasons[b] ?? 0) - (reasons[a] ?? 0));
  return {
    title: 'What the quality gate says',
    sections: [
      {
        heading: 'By folder',
        paragraphs: [
          'Share of images that pass, and of those sent back for each reason. The gate names at most three reasons.',
        ],
        table: {
          head: ['folder', 'images', 'ok', ...seen],
          rows: byFolder.map(({ folder, images, acquired, reasons: inFolder }) => [
            folder || 'all',
            count(images),
            percent(acquired / images),
            ...seen.map((reason) => percent((inFolder[reason] ?? 0) / images)),
          ]),
        },
      },
    ],
  };
}
