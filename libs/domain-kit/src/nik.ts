import type { Brand } from './brand.js';

/** Nomor Induk Kependudukan: the 16-digit number under which the registry knows a person. */
export type Nik = Brand<string, 'Nik'>;

/** Women's day of birth is written with 40 added (Permendagri 102/2019). */
const FEMALE_DAY_OFFSET = 40;

/**
 * `PP KK CC DDMMYY SSSS`: province, regency, district of first registration, birth date, serial
 * from 0001. There is no check digit, retired region codes stay valid, and the century is not
 * written: 29 February is accepted in any year that is a leap year in one of them.
 */
export function parseNik(text: string): Nik | undefined {
  const match = /^(\d{2})\d{4}(\d{2})(\d{2})(\d{2})(\d{4})$/.exec(text);
  if (!match) return undefined;
  const [, province = 0, writtenDay = 0, month = 0, year = 0, serial = 0] = match.map(Number);
  const day = writtenDay > FEMALE_DAY_OFFSET ? writtenDay - FEMALE_DAY_OFFSET : writtenDay;
  const known = province >= 11 && serial >= 1 && isCalendarDay(year, month, day);
  return known ? (text as Nik) : undefined;
}

function isCalendarDay(twoDigitYear: number, month: number, day: number): boolean {
  return [1900, 2000].some((century) => {
    const date = new Date(Date.UTC(century + twoDigitYear, month - 1, day));
    return month >= 1 && day >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  });
}
