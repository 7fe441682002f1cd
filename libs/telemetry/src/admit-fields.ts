import { describeError } from './describe-error.js';
import { ruleOf, type LogFields } from './log-fields.js';
import { masked, MAX_TEXT_LENGTH } from './mask.js';

const MAX_TEXTS = 20;
const DROPPED_COUNT = 'absah.log.dropped_fields';

interface AdmitOptions {
  readonly withStack: boolean;
}

/**
 * The second line of defence behind the `LogFields` type: values come from parsed JSON and from
 * casts, so names and values are checked again here. Only the number of dropped fields is told,
 * because a name can be personal data as well.
 */
export function admitFields(fields: LogFields, options: AdmitOptions): Record<string, unknown> {
  const admitted: Record<string, unknown> = {};
  let dropped = 0;
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const rule = ruleOf(name);
    const safe = rule && ADMIT[rule.kind](value);
    if (name === 'error') admitted['error'] = describeError(value, options);
    else if (rule && safe !== undefined) admitted[rule.attribute] = safe;
    else dropped += 1;
  }
  if (dropped > 0) admitted[DROPPED_COUNT] = dropped;
  return admitted;
}

const ADMIT = { text: admitText, texts: admitTexts, number: admitNumber } as const;

function admitText(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= MAX_TEXT_LENGTH ? masked(value) : undefined;
}

function admitTexts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_TEXTS) return undefined;
  const texts = value.map(admitText);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function admitNumber(value: unknown): number | undefined {
  const isPlain =
    typeof value === 'number' && Number.isFinite(value) && masked(String(value)) === String(value);
  return isPlain ? value : undefined;
}
