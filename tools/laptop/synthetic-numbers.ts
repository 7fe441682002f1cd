import { randomInt } from 'node:crypto';

/** A NIK of province 99, which no registry gives out: nobody real is ever meant. */
export function syntheticNik(): string {
  const femaleDay = 40 + randomInt(1, 29);
  const month = randomInt(1, 13);
  const year = randomInt(60, 100);
  const twoDigits = (number: number) => String(number).padStart(2, '0');
  return `999901${twoDigits(femaleDay)}${twoDigits(month)}${year}${String(randomInt(1, 10_000)).padStart(4, '0')}`;
}

export function syntheticMsisdn(): string {
  return `628999${String(randomInt(0, 10_000_000)).padStart(7, '0')}`;
}
