export type { Interval } from './statistics/interval.js';
export { probit } from './statistics/probit.js';
export { averagedComparisons, singleImageComparisons } from './recognition/template-table.js';
export type { Comparisons, FaceSample, TemplateTable } from './recognition/template-table.js';
export { capPerPerson, compareGenuine } from './recognition/genuine-comparisons.js';
export type { GenuineComparison } from './recognition/genuine-comparisons.js';
export { compareImpostors } from './recognition/compare-impostors.js';
export type { WorkShare } from './recognition/compare-impostors.js';
export { mergeImpostorScores } from './recognition/impostor-scores.js';
export type { ImpostorPair, ImpostorScores } from './recognition/impostor-scores.js';
export {
  FMR_TARGETS,
  GENUINE_PER_PERSON,
  rateGenuine,
  rateRecognition,
} from './recognition/recognition-rates.js';
export type {
  FmrTarget,
  FnmrOfPart,
  RatesAtFmr,
  RatesAtThreshold,
  RecognitionRates,
  ScoredComparisons,
} from './recognition/recognition-rates.js';
export type { ErrorRates } from './recognition/detection-error-trade-off.js';
export { sampleStatements } from './recognition/sample-size.js';
export { folderRoles } from './attack-detection/folder-role.js';
export type { FolderRole } from './attack-detection/folder-role.js';
export type { Presentation } from './attack-detection/presentation.js';
export { countErrors, isAttack, rateClassification } from './attack-detection/classification-rates.js';
export type { ClassificationRates, ErrorCount } from './attack-detection/classification-rates.js';
export { rateHeldOut, thresholdForApcer } from './attack-detection/threshold-choice.js';
export type { HeldOutRates } from './attack-detection/threshold-choice.js';
