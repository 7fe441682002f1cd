export { openDirectly, sealDirectly } from './direct.js';
export { KEY_ID_BYTES, keyIdFromBytes, keyIdToBytes } from './key-id.js';
export { derivePurposeKey, keyIdOf, PersonKey, type KeyPurpose } from './person-key.js';
export { Pseudonymiser } from './pseudonymiser.js';
export { keyIdOfText, openText, sealText } from './seal-text.js';
export { Sealer } from './sealer.js';
