import { z } from 'zod';

export const STORE_PATH = '/databalikan/api/store';
export const PARAMETERS_PATH = '/databalikan/api/getparam_bylembaga';

/** What a telco owes per NIK. */
export const PHONE_PARAMETER = 'NO_HP';

/** One NIK and the institution's parameters for it. Content is judged by the registry, not by the schema. */
const feedbackRow = z.strictObject({
  NIK: z.string().max(64),
  param: z.array(z.record(z.string().max(64), z.string().max(256))).min(1),
});

export const storeRequest = z
  .array(
    z.strictObject({
      id_lembaga: z.string().max(64),
      nama_lembaga: z.string().max(256),
      data: z.array(feedbackRow).min(1).max(1_000),
    }),
  )
  .length(1)
  .meta({ id: 'StoreRequest' });
export type StoreRequest = z.infer<typeof storeRequest>;

export const storeAnswer = z.object({ message: z.string().max(200) }).meta({ id: 'StoreAnswer' });

export const institutionParameters = z
  .object({ id_lembaga: z.string(), param: z.array(z.string()) })
  .meta({ id: 'InstitutionParameters' });

/** Six digits, given by the registry. */
export const institutionCode = z.string().regex(/^\d{6}$/);

export type StoreOutcome = 'stored' | 'already-sent' | 'malformed' | 'nik-unknown' | 'institution-unknown';

interface StoreAnswerText {
  readonly httpStatus: number;
  readonly message: string;
  readonly nextStep: string;
}

/** A call is all or nothing: a refusal stores no row of it. */
export const STORE_ANSWERS: Readonly<Record<StoreOutcome, StoreAnswerText>> = {
  stored: { httpStatus: 200, message: 'Success', nextStep: 'Nothing: every row is stored.' },
  'already-sent': {
    httpStatus: 400,
    message: 'Data sudah pernah dikirim',
    nextStep: 'For a single row: done. For several: send the halves.',
  },
  malformed: {
    httpStatus: 400,
    message: 'Format data tidak sesuai',
    nextStep: 'Find the row by sending the halves, correct it.',
  },
  'nik-unknown': {
    httpStatus: 400,
    message: 'NIK tidak ditemukan',
    nextStep: 'Find the row by sending the halves, correct it.',
  },
  'institution-unknown': {
    httpStatus: 400,
    message: 'Lembaga tidak terdaftar',
    nextStep: 'Correct the institution code; every row stays due.',
  },
};

/** Undefined when the answer is none of `store`: a proxy, an outage, refused credentials. */
export function readStoreAnswer(httpStatus: number, body: unknown): StoreOutcome | undefined {
  const answer = storeAnswer.safeParse(body);
  if (!answer.success) return undefined;
  const written = answer.data.message.trim().toLowerCase();
  const outcomes = Object.keys(STORE_ANSWERS) as StoreOutcome[];
  const known = outcomes.find((outcome) => {
    const { httpStatus: status, message } = STORE_ANSWERS[outcome];
    return status === httpStatus && message.toLowerCase() === written;
  });
  // Only "already sent" has a public text, so any other complaint about the content is read as malformed.
  return known ?? (httpStatus === 400 ? 'malformed' : undefined);
}
