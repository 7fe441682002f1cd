export { ANSWER_CODES, findAnswerCode, type AnswerCode, type AnswerCodeId } from './answer-codes.js';
export {
  institutionCode,
  institutionParameters,
  PARAMETERS_PATH,
  PHONE_PARAMETER,
  readStoreAnswer,
  STORE_ANSWERS,
  STORE_PATH,
  storeAnswer,
  storeRequest,
  type StoreOutcome,
  type StoreRequest,
} from './data-balikan.js';
export {
  FACE_VERIFICATION_PATH,
  faceComparison,
  faceVerificationRequest,
  registryRefusal,
  type FaceVerificationRequest,
} from './ikd.js';
export { registryUrl } from './registry-url.js';
