/** Longer text is content (an image, a template, a request), never a fact about an outcome. */
export const MAX_TEXT_LENGTH = 200;

const UUID_OR_SHA256 = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$/;

type Mask = readonly [pattern: RegExp, replacement: string];

/** What our own lines name cases, digests and moments by: not personal, however many digits it has. */
const NOT_PERSONAL = [
  String.raw`(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![0-9a-f])`,
  String.raw`(?<![0-9a-f])(?=\d*[a-f])[0-9a-f]{64}(?![0-9a-f])`,
  String.raw`(?<!\d)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)`,
].join('|');

/** What people and URLs write between the digits of a number. */
const GAP = String.raw`(?:%20|[^\p{L}\p{N}]){0,3}`;

/** Order matters: a NIK holds digits that look like a number of a phone. */
const PERSONAL_NUMBERS: readonly Mask[] = [
  // A NIK has 16 digits, written together or in groups. Longer runs may hide one.
  personal(String.raw`\d(?:${GAP}\d){15,}`, '[nik]'),
  // 08…, 628…, +62 8…: the trunk prefix, then 9 to 12 digits.
  personal(String.raw`(?:\+?62|0)${GAP}8(?:${GAP}\d){8,11}`, '[msisdn]'),
  // The same without its prefix, unless it goes on from something else, such as a decimal.
  personal(String.raw`(?<![\p{L}\p{N}][.-]?)8[1-9](?:${GAP}\d){7,10}`, '[msisdn]'),
];

function personal(pattern: string, replacement: string): Mask {
  return [new RegExp(`(${NOT_PERSONAL})|${pattern}`, 'gu'), replacement];
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;

/** The ways in which bytes and embeddings become text: dumps, joined arrays, JSON, base64, hex. */
const CONTENT: readonly Mask[] = [
  [/(?:[0-9a-f]{2}[ :]){8,}[0-9a-f]{0,2}/gi, '[bytes]'],
  [new RegExp(String.raw`(?:${NUMBER}\s*,\s*){7,}(?:${NUMBER})?`, 'gi'), '[numbers]'],
  [new RegExp(String.raw`(?:"?\d+"?:\s*${NUMBER}\s*,\s*){3,}(?:"?\d+"?:\s*${NUMBER})?`, 'gi'), '[numbers]'],
  // A SHA-256 in hex is welcome, a longer or different run is not.
  [/(?<![A-Za-z0-9+/])(?![0-9a-f]{64}(?![A-Za-z0-9+/]))[A-Za-z0-9+/]{48,}={0,2}/g, '[opaque]'],
  [/[A-Za-z0-9_-]{65,}/g, '[opaque]'],
];

/** Control characters other than tab and line ends, and what a decoder leaves of bytes that are no text. */
const NOT_TEXT = /[^\P{Cc}\t\n\r]|\uFFFD/u;

/** What may be written of a text that somebody else composed: too long or binary, nothing at all. */
export function masked(text: string, maxLength: number = MAX_TEXT_LENGTH): string {
  if (UUID_OR_SHA256.test(text)) return text;
  if (text.length > maxLength || NOT_TEXT.test(text)) return `[${text.length} characters]`;
  return CONTENT.reduce(applied, maskedNumbers(text));
}

/** For text that is long and full of paths by nature, such as a stack frame. */
export function maskedNumbers(text: string): string {
  return PERSONAL_NUMBERS.reduce(
    (soFar, [pattern, replacement]) => soFar.replace(pattern, (_, kept?: string) => kept ?? replacement),
    text,
  );
}

function applied(text: string, [pattern, replacement]: Mask): string {
  return text.replace(pattern, replacement);
}
