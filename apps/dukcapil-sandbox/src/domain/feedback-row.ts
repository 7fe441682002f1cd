import { parseMsisdn, parseNik, type Msisdn, type Nik } from '@absah/domain-kit';

/** Who holds which number, as an institution reports it. */
export interface FeedbackRow {
  readonly nik: Nik;
  readonly phone: Msisdn;
}

/** Undefined unless the row is a NIK with exactly one phone number in international form. */
export function readFeedbackRow(
  nik: string,
  parameters: readonly Readonly<Record<string, string>>[],
  phoneParameter: string,
): FeedbackRow | undefined {
  const entries = parameters.flatMap((parameter) => Object.entries(parameter));
  const [name, value] = entries[0] ?? [];
  const [parsedNik, phone] = [parseNik(nik), parseMsisdn(value ?? '')];
  const proper = entries.length === 1 && name === phoneParameter && phone === value;
  return proper && parsedNik && phone ? { nik: parsedNik, phone } : undefined;
}
