/** Why the registry does not compare: facts about the person, not about the connection. */
type RefusalReason =
  'nik-not-found' | 'subject-deceased' | 'subject-duplicate' | 'subject-inactive' | 'nik-malformed';

/** What an answer means for the case that asked (G6). Only `refuse` ends it. */
type Consequence =
  | { readonly kind: 'refuse'; readonly reason: RefusalReason }
  | { readonly kind: 'park'; readonly cause: 'busy' | 'access-refused' }
  /** Parked too, and somebody has to be woken: no person is at fault for our credentials or our requests. */
  | { readonly kind: 'configuration-fault' };

export interface AnswerCode {
  /** What the registry writes beside the code. */
  readonly respon: string;
  readonly httpStatus: number;
  readonly meaning: string;
  readonly nextStep: string;
  readonly consequence: Consequence;
}

const refuse = (reason: RefusalReason): Consequence => ({ kind: 'refuse', reason });
const park = (cause: 'busy' | 'access-refused'): Consequence => ({ kind: 'park', cause });
const configurationFault: Consequence = { kind: 'configuration-fault' };

/** 01 to 17 are the demographic service's codes; four digits are the older face service's. */
export const ANSWER_CODES = {
  '01': {
    respon: 'Data Ditemukan',
    httpStatus: 500,
    meaning: 'Found, without a comparison: the address belongs to the demographic service.',
    nextStep: 'Correct IKD_URL.',
    consequence: configurationFault,
  },
  '03': {
    respon: 'Gagal Login',
    httpStatus: 401,
    meaning: 'User or password is wrong.',
    nextStep: 'Correct IKD_USER and IKD_PASSWORD.',
    consequence: configurationFault,
  },
  '04': {
    respon: 'IP Tidak Sesuai',
    httpStatus: 403,
    meaning: 'The request came from another address than the one registered for the user.',
    nextStep: 'Route through the registered address or register this one.',
    consequence: configurationFault,
  },
  '05': {
    respon: 'Kuota Akses Hari Ini Telah Habis',
    httpStatus: 429,
    meaning: "The institution's daily quota is used up.",
    nextStep: 'Wait for the next day or ask for a larger quota.',
    consequence: park('access-refused'),
  },
  '06': {
    respon: 'Akses Di Luar Jam Yang Ditentukan',
    httpStatus: 503,
    meaning: 'The agreement allows no access at this hour.',
    nextStep: 'Wait for the access hours.',
    consequence: park('access-refused'),
  },
  '07': {
    respon: 'Parameter Tidak Lengkap',
    httpStatus: 400,
    meaning: 'A parameter is missing.',
    nextStep: 'Compare the gateway with the protocol version of the registry.',
    consequence: configurationFault,
  },
  '08': {
    respon: 'NIK Tidak Dapat Diproses',
    httpStatus: 422,
    meaning: 'The record exists but the registry does not serve it.',
    nextStep: 'The person has the record put in order at a Dukcapil office.',
    consequence: refuse('subject-inactive'),
  },
  '09': {
    respon: 'User ID Dan Password Kosong',
    httpStatus: 401,
    meaning: 'No credentials were sent.',
    nextStep: 'Set IKD_USER and IKD_PASSWORD.',
    consequence: configurationFault,
  },
  '10': {
    respon: 'IP Client Tidak Terdaftar',
    httpStatus: 403,
    meaning: 'The address of this gateway is not on the allow-list.',
    nextStep: 'Have the address registered.',
    consequence: configurationFault,
  },
  '11': {
    respon: 'Data Ditemukan, Meninggal Dunia',
    httpStatus: 422,
    meaning: 'The holder of the NIK is recorded as deceased.',
    nextStep: 'If that is wrong, the person has it corrected at a Dukcapil office.',
    consequence: refuse('subject-deceased'),
  },
  '12': {
    respon: 'Data Ditemukan, Data Ganda',
    httpStatus: 422,
    meaning: 'The person has more than one record.',
    nextStep: 'The person has the records consolidated at a Dukcapil office.',
    consequence: refuse('subject-duplicate'),
  },
  '13': {
    respon: 'Data Tidak Ditemukan',
    httpStatus: 422,
    meaning: 'The registry has no such NIK.',
    nextStep: 'Compare the NIK with the card and enter it again.',
    consequence: refuse('nik-not-found'),
  },
  '14': {
    respon: 'Data Ditemukan, Status Non Aktif',
    httpStatus: 422,
    meaning: 'The record is not active.',
    nextStep: 'The person has it activated at a Dukcapil office.',
    consequence: refuse('subject-inactive'),
  },
  '15': {
    respon: 'Format NIK Tidak Sesuai',
    httpStatus: 422,
    meaning: 'The registry does not take this as a NIK.',
    nextStep: 'Compare the NIK with the card and enter it again.',
    consequence: refuse('nik-malformed'),
  },
  '16': {
    respon: 'Lembaga Tidak Aktif',
    httpStatus: 403,
    meaning: "The institution's agreement is suspended or over.",
    nextStep: 'Contact the registry about the agreement.',
    consequence: configurationFault,
  },
  '17': {
    respon: 'User Tidak Aktif',
    httpStatus: 403,
    meaning: 'The user of this gateway was disabled.',
    nextStep: 'Have the user enabled or use another.',
    consequence: configurationFault,
  },
  '5000': {
    respon: 'Sistem Sedang Sibuk',
    httpStatus: 503,
    meaning: 'The registry is busy.',
    nextStep: 'Wait; the case is asked again by itself.',
    consequence: park('busy'),
  },
  '5004': {
    respon: 'Parameter Tidak Sesuai',
    httpStatus: 400,
    meaning: 'A parameter has the wrong form, or a transaction id came with another question.',
    nextStep: 'Compare the gateway with the protocol version of the registry.',
    consequence: configurationFault,
  },
  '6006': {
    respon: 'Format Template Tidak Sesuai',
    httpStatus: 400,
    meaning: 'The template is not of a format or model chain that the registry compares.',
    nextStep: 'Deploy the model chain that the registry is enrolled with.',
    consequence: configurationFault,
  },
} as const satisfies Readonly<Record<string, AnswerCode>>;

export type AnswerCodeId = keyof typeof ANSWER_CODES;

export function findAnswerCode(code: string): AnswerCode | undefined {
  return Object.hasOwn(ANSWER_CODES, code) ? ANSWER_CODES[code as AnswerCodeId] : undefined;
}
