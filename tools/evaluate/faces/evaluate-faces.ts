import {
  averagedComparisons,
  compareGenuine,
  rateRecognition,
  sampleStatements,
  singleImageComparisons,
} from '@absah/evaluation';
import type { RecognitionRates, ScoredComparisons } from '@absah/evaluation';
import { behindGate, countAcquisition, withoutGate } from '../report/acquisition.js';
import type { Acquisition, AcquisitionRule } from '../report/acquisition.js';
import type { MeasuredImage } from '../measure/measure-dataset.js';
import type { MeasuredFace } from '../measure/measurement.js';
import { compareInThreads } from './compare-in-threads.js';
import { identify } from './identities.js';
import type { Identified } from './identities.js';
import type { Labels } from './labels.js';
import { scoreHistograms } from './score-histograms.js';
import type { ScoreHistograms } from './score-histograms.js';
import { qualityBands } from './quality-bands.js';
import type { QualityBand } from './quality-bands.js';
import { worstComparisons } from './worst-comparisons.js';
import type { WorstComparisons } from './worst-comparisons.js';

export interface FacesSettings {
  readonly labels: Labels;
  readonly gate: boolean;
  readonly captures: number;
  readonly threads: number;
  readonly namePairs: boolean;
  /** Cosine from which the product accepts. */
  readonly operatingThreshold: number;
}

/** The figures at the top are the headline: see `Weighting`. */
export interface FacesResult extends RecognitionRates, Acquisition {
  readonly evaluation: 'faces';
  readonly gate: boolean;
  /** Images averaged into the probe. */
  readonly captures: number;
  readonly persons: number;
  readonly labelErrorsDropped: number;
  /** ISO/IEC 19795-1: failure to acquire and false non-match, or false match, in one figure. */
  readonly falseRejectRate: number;
  readonly falseAcceptRate: number;
  readonly allPairs: RecognitionRates;
  readonly identityBalanced: RecognitionRates;
  readonly byQuality: readonly QualityBand[];
  readonly scores: ScoreHistograms;
  readonly statements: readonly string[];
  readonly worst?: WorstComparisons;
}

export async function evaluateFaces(
  measured: readonly MeasuredImage[],
  settings: FacesSettings,
): Promise<FacesResult> {
  const { gate, captures, operatingThreshold } = settings;
  const identified = identify(measured, settings.labels);
  const { acquisition, faces } = acquire(identified, gate ? behindGate : withoutGate);
  const scored = await compare(faces, captures, settings.threads);
  const headline = rateRecognition(scored, 'headline', operatingThreshold);
  const { fmr, fnmr } = headline.atOperatingPoint;
  const { failureToAcquire } = acquisition;
  const names = faces.map(({ name }) => name);
  return {
    evaluation: 'faces',
    ...{ gate, captures, persons: identified.persons, labelErrorsDropped: identified.dropped },
    ...acquisition,
    ...headline,
    falseRejectRate: failureToAcquire + (1 - failureToAcquire) * fnmr,
    falseAcceptRate: (1 - failureToAcquire) * fmr,
    allPairs: rateRecognition(scored, 'all', operatingThreshold),
    identityBalanced: rateRecognition(scored, 'balanced', operatingThreshold),
    byQuality: qualityBands(scored, faces, operatingThreshold),
    scores: scoreHistograms(scored),
    statements: sampleStatements(headline, new Set(faces.map(({ person }) => person)).size),
    ...(settings.namePairs && { worst: worstComparisons(scored, names) }),
  };
}

interface AcquiredFace extends MeasuredFace {
  readonly person: number;
  readonly name: string;
  readonly embedding: Float32Array;
}

function acquire(
  { images }: Identified<MeasuredImage>,
  failuresOf: AcquisitionRule,
): { readonly acquisition: Acquisition; readonly faces: readonly AcquiredFace[] } {
  const measurements = images.map(({ measurement }) => measurement);
  const faces = images.flatMap(({ person, image: { name }, measurement }) => {
    if (measurement.kind !== 'face' || failuresOf(measurement).length > 0) return [];
    const { embedding } = measurement;
    if (!embedding) throw new Error('a face was measured without its embedding');
    return [{ ...measurement, person, name, embedding }];
  });
  return { acquisition: countAcquisition(measurements, failuresOf), faces };
}

async function compare(
  faces: readonly AcquiredFace[],
  captures: number,
  threads: number,
): Promise<ScoredComparisons> {
  const comparisons = captures > 1 ? averagedComparisons(faces, captures) : singleImageComparisons(faces);
  const scored = {
    comparisons,
    genuine: compareGenuine(comparisons),
    impostors: await compareInThreads(comparisons, threads),
  };
  refuseTooLittle(scored);
  return scored;
}

function refuseTooLittle({ genuine, impostors }: ScoredComparisons): void {
  if (genuine.length > 0 && impostors.highest.length > 0) return;
  throw new Error(
    'nothing to compare: the folder needs folders of at least two people, and of one of them more images ' +
      'that are acquired than go into a template',
  );
}
