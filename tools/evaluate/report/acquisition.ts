import type { Measurement } from '../measure/measurement.js';
import type { Section } from './document.js';
import { count, percent } from './figures.js';

/** ISO/IEC 19795-1: what share of the images yields nothing to compare or to judge, and why. */
export interface Acquisition {
  readonly images: number;
  readonly acquired: number;
  readonly failureToAcquire: number;
  /** Images by reason. The gate may name up to three reasons for one image. */
  readonly reasons: Readonly<Record<string, number>>;
}

export type AcquisitionRule = (measurement: Measurement) => readonly string[];

/** Any face that was found; the most central one where there are several. */
export const withoutGate: AcquisitionRule = (measurement) => {
  if (measurement.kind === 'unreadable') return [measurement.code];
  return measurement.kind === 'no-face' ? ['no-face'] : [];
};

/** Faces that the quality gate lets pass. */
export const behindGate: AcquisitionRule = (measurement) =>
  measurement.kind === 'face' ? measurement.reasons : withoutGate(measurement);

/** @param failuresOf the reasons of each image not to take part; none when it was acquired */
export function countAcquisition(
  measurements: readonly Measurement[],
  failuresOf: AcquisitionRule,
): Acquisition {
  const reasons: Record<string, number> = {};
  let acquired = 0;
  for (const measurement of measurements) {
    const failures = failuresOf(measurement);
    if (failures.length === 0) acquired += 1;
    for (const reason of failures) reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  const images = measurements.length;
  return { images, acquired, failureToAcquire: images === 0 ? 0 : 1 - acquired / images, reasons };
}

export function acquisitionSection({ images, acquired, failureToAcquire, reasons }: Acquisition): Section {
  const sorted = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  return {
    heading: 'Failure to acquire',
    paragraphs: [
      `${count(acquired)} of ${count(images)} images were acquired: failure to acquire ${percent(failureToAcquire)}.`,
    ],
    ...(sorted.length > 0 && {
      table: {
        head: ['reason', 'images', 'of all'],
        rows: sorted.map(([reason, number]) => [reason, count(number), percent(number / images)]),
      },
    }),
  };
}
