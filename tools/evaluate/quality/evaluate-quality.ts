import type { MeasuredImage } from '../measure/measure-dataset.js';
import { behindGate, countAcquisition } from '../report/acquisition.js';
import type { Acquisition } from '../report/acquisition.js';

interface FolderQuality extends Acquisition {
  /** '' for everything. */
  readonly folder: string;
}

export interface QualityResult extends Acquisition {
  readonly evaluation: 'quality';
  /** Every folder with all below it. */
  readonly byFolder: readonly FolderQuality[];
}

// A folder with more folders than that holds people, not conditions, and is told as a whole.
const MAX_CHILDREN = 50;

export function evaluateQuality(measured: readonly MeasuredImage[]): QualityResult {
  const groups = new Map<string, MeasuredImage[]>();
  for (const one of measured) {
    for (const folder of foldersAround(one.image.folder)) {
      const group = groups.get(folder) ?? [];
      group.push(one);
      groups.set(folder, group);
    }
  }
  const children = Map.groupBy(groups.keys(), parentOf);
  const listed = [...groups].filter(
    ([folder]) => folder === '' || (children.get(parentOf(folder))?.length ?? 0) <= MAX_CHILDREN,
  );
  return {
    evaluation: 'quality',
    ...judged(measured),
    byFolder: listed
      .map(([folder, group]) => ({ folder, ...judged(group) }))
      .sort((a, b) => (a.folder < b.folder ? -1 : 1)),
  };
}

function judged(group: readonly MeasuredImage[]): Acquisition {
  return countAcquisition(
    group.map(({ measurement }) => measurement),
    behindGate,
  );
}

/** `a/b` is in '', `a` and `a/b`. */
function foldersAround(folder: string): string[] {
  const parts = folder.split('/');
  return folder === '' ? [''] : ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}

function parentOf(folder: string): string {
  return folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '';
}
