const SHOWN_FIRST = 4;
const SHOWN_LAST = 3;

/** For listings: enough to recognise a number that one knows, too little to learn one (B3). */
export function maskNumber(number: string): string {
  const hidden = number.length - SHOWN_FIRST - SHOWN_LAST;
  if (hidden <= 0) return '*'.repeat(number.length);
  return number.slice(0, SHOWN_FIRST) + '*'.repeat(hidden) + number.slice(-SHOWN_LAST);
}

export function maskName(name: string): string {
  return name
    .split(' ')
    .map((word) => word.slice(0, 1) + '*'.repeat(Math.max(word.length - 1, 0)))
    .join(' ');
}
