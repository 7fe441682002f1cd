import { EVENTS } from '@absah/contracts';

/** What an event is about, as far as its contract says so. */
export interface EventDescription {
  readonly caseId: string | undefined;
  readonly subjectRef: string | undefined;
  /** False for what breaks its contract or has none: recorded all the same, but found by position only. */
  readonly keepsContract: boolean;
}

const CONTRACTS = new Map(EVENTS.map((contract) => [contract.subject as string, contract]));
const UNDESCRIBED: EventDescription = { caseId: undefined, subjectRef: undefined, keepsContract: false };

/** The contract's name, or the subject itself for an event that no contract describes. */
export function eventName(subject: string): string {
  return CONTRACTS.get(subject)?.name ?? subject;
}

export function describeEvent(subject: string, payloadText: string): EventDescription {
  const parsed = CONTRACTS.get(subject)?.payload.safeParse(parseJson(payloadText));
  if (!parsed?.success) return UNDESCRIBED;
  const payload = parsed.data as { readonly caseId?: unknown; readonly subjectRef?: unknown };
  return { caseId: textOf(payload.caseId), subjectRef: textOf(payload.subjectRef), keepsContract: true };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
