export {
  COMPARISON_KEYS_BY_ID,
  IDENTITY_KEYS_BY_ID,
  IDENTITY_KEYS_OF_SUBJECTS,
  TEMPLATE_KEYS_OF_SUBJECTS,
  type KeyQuery,
} from './key-queries.js';
export { sealKeyReply, type Found, type KeysOfPerson, type PersonSecret } from './key-reply.js';
export { PersonKeys } from './person-keys.js';
export { PersonKeysModule } from './person-keys.module.js';
