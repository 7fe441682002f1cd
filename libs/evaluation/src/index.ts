export { singleImageComparisons, averagedComparisons } from './recognition/template-table.js';
export { compareGenuine } from './recognition/genuine-comparisons.js';
export { compareImpostors } from './recognition/compare-impostors.js';
export { FalseMatches } from './recognition/false-matches.js';
export { FalseNonMatches } from './recognition/false-non-matches.js';
export { equalError } from './recognition/detection-error-trade-off.js';
