import { GENUINE_PER_PERSON, capPerPerson, rateGenuine } from '@absah/evaluation';
import type { FnmrOfPart, GenuineComparison, ScoredComparisons } from '@absah/evaluation';
import type { MeasuredFace } from '../measure/measurement.js';

export interface QualityBand extends FnmrOfPart {
  readonly measure: string;
  /** Of the measure, both included. */
  readonly from: number;
  readonly to: number;
}

interface BandMeasure {
  readonly name: string;
  /** The higher the better, so that the worst image of a comparison has the lowest. */
  readonly goodness: (face: MeasuredFace) => number;
  /** The goodness as people know the measure. */
  readonly shown: (goodness: number) => number;
}

const same = (value: number): number => value;
const negated = (value: number): number => -value;

const MEASURES: readonly BandMeasure[] = [
  { name: 'eye distance, pixels', goodness: ({ quality }) => quality.interEyeDistance, shown: same },
  { name: 'sharpness', goodness: ({ quality }) => quality.sharpness, shown: same },
  { name: 'luminance', goodness: ({ quality }) => quality.luminanceMean, shown: same },
  { name: 'yaw, degrees', goodness: ({ quality }) => -Math.abs(quality.headPose.yaw), shown: negated },
  { name: 'pitch, degrees', goodness: ({ quality }) => -Math.abs(quality.headPose.pitch), shown: negated },
  { name: 'eyes open', goodness: ({ quality }) => quality.eyesOpen, shown: same },
];

const BANDS = 3;

/** FNMR where the worse image of a comparison lies in the lowest, middle and highest third of each measure. */
export function qualityBands(
  scored: ScoredComparisons,
  faces: readonly MeasuredFace[],
  threshold: number,
): QualityBand[] {
  const genuine = capPerPerson(scored.genuine, GENUINE_PER_PERSON);
  const imagesOf = imagesByProbe(scored);
  return MEASURES.flatMap(({ name, goodness, shown }) => {
    const worst = (comparison: GenuineComparison): number =>
      Math.min(
        ...[comparison.reference, ...imagesOf(comparison.probe)].map((row) => {
          const face = faces[row];
          return face ? goodness(face) : Number.NaN;
        }),
      );
    const sorted = genuine.map((comparison) => ({ comparison, value: worst(comparison) }));
    sorted.sort((a, b) => a.value - b.value);
    return Array.from({ length: BANDS }, (_, band) => {
      const [start, end] = [band, band + 1].map((edge) => Math.round((edge * sorted.length) / BANDS));
      const part = sorted.slice(start, end);
      const edges = [part[0], part.at(-1)].map((edge) => shown(edge?.value ?? Number.NaN));
      return {
        measure: name,
        from: Math.min(...edges),
        to: Math.max(...edges),
        ...rateGenuine(
          part.map(({ comparison }) => comparison),
          threshold,
        ),
      };
    });
  });
}

/** The images that a probe was made of. */
function imagesByProbe({
  comparisons: { symmetric, partOf },
}: ScoredComparisons): (probe: number) => readonly number[] {
  if (symmetric) return (probe) => [probe];
  const images = Map.groupBy(partOf.keys(), (row) => partOf[row] ?? -1);
  return (probe) => images.get(probe) ?? [];
}
