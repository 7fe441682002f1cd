import {
  averagedComparisons,
  compareGenuine,
  rateRecognition,
  sampleStatements,
  singleImageComparisons,
} from '@absah/evaluation';
import type { RecognitionRates, ScoredComparisons } from '@absah/evaluation';
import { behindGate, countAcquisition, withoutGate } from '../report/acquisition.js';
import type { Acquisition } from '../report/acquisition.js';
import type { MeasuredImage } from '../measure/measure-dataset.js';
import { compareInThreads } from './compare-in-threads.js';
import { identify } from './identities.js';
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
  const { images, persons, dropped } = identify(measured, settings.labels);
  const acquisitionRule = settings.gate ? behindGate : withoutGate;
  const acquisition = countAcquisition(
    images.map(({ measurement }) => measurement),
    acquisitionRule,
  );
  const acquired = images.flatMap(({ person, image, measurement }) => {
    if (measurement.kind !== 'face' || acquisitionRule(measurement).length > 0) return [];
    if (!measurement.embedding) throw new Error('a face was measured without its embedding');
    return [{ person, face: measurement, embedding: measurement.embedding, name: image.name }];
  });
  const comparisons =
    settings.captures > 1
      ? averagedComparisons(acquired, settings.captures)
      : singleImageComparisons(acquired);
  const scored: ScoredComparisons = {
    comparisons,
    genuine: compareGenuine(comparisons),
    impostors: await compareInThreads(comparisons, settings.threads),
  };
  refuseTooLittle(scored);
  const headline = rateRecognition(scored, 'capped', settings.operatingThreshold);
  const { fmr, fnmr } = headline.atOperatingPoint;
  const { failureToAcquire } = acquisition;
  return {
    evaluation: 'faces',
    ...{ gate: settings.gate, captures: settings.captures, persons, labelErrorsDropped: dropped },
    ...acquisition,
    ...headline,
    falseRejectRate: failureToAcquire + (1 - failureToAcquire) * fnmr,
    falseAcceptRate: (1 - failureToAcquire) * fmr,
    allPairs: rateRecognition(scored, 'all', settings.operatingThreshold),
    identityBalanced: rateRecognition(scored, 'balanced', settings.operatingThreshold),
    byQuality: qualityBands(
      scored,
      acquired.map(({ face }) => face),
      settings.operatingThreshold,
    ),
    scores: scoreHistograms(scored),
    statements: sampleStatements(headline, new Set(acquired.map(({ person }) => person)).size),
    ...(settings.namePairs && {
      worst: worstComparisons(
        scored,
        acquired.map(({ name }) => name),
      ),
    }),
  };
}

function refuseTooLittle({ genuine, impostors }: ScoredComparisons): void {
  if (genuine.length > 0 && impostors.highest.length > 0) return;
  throw new Error(
    'nothing to compare: the folder needs folders of at least two people, and of one of them more images ' +
      'that are acquired than go into a template',
  );
}
