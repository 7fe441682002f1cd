import type { Brand } from './brand.js';

/** An Indonesian mobile number in international form without plus: `628…`. */
export type Msisdn = Brand<string, 'Msisdn'>;

/** Accepts `08…`, `628…` and `+628…`; 9 to 12 digits follow the trunk prefix (ITU-T E.164, +62 mobile). */
export function parseMsisdn(text: string): Msisdn | undefined {
  const match = /^(?:\+?62|0)(8\d{8,11})$/.exec(text);
  return match ? (`62${match[1]}` as Msisdn) : undefined;
}
