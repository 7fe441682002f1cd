export { Pseudonymiser } from './pseudonymiser.js';
export { openText, sealText } from './seal-text.js';
export { Sealer } from './sealer.js';
