/** Longer text is content (an image, a template, a request), never a fact about an outcome. */
export const MAX_TEXT_LENGTH = 200;

const UUID_OR_SHA256 = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64})$/;

type Mask = readonly [pattern: RegExp, replacement: string];

/** Order matters: a NIK holds digits that look like a number of a phone. */
const PERSONAL_NUMBERS: readonly Mask[] = [
  // A NIK has 16 digits, written together or in groups. Longer runs may hide one.
  [/\d(?:[ .-]?\d){15,}/g, '[nik]'],
  // 08…, 628…, +62 8…: the trunk prefix, then 9 to 12 digits.
  [/(?:\+?62|0)[ .-]?8(?:[ .-]?\d){8,11}/g, '[msisdn]'],
];

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
  return PERSONAL_NUMBERS.reduce(applied, text);
}

function applied(text: string, [pattern, replacement]: Mask): string {
  return text.replace(pattern, replacement);
}
