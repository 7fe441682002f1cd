import { faceComparison, findAnswerCode, registryRefusal } from '@absah/registry-protocol';
import type { RegistryAnswer } from '../domain/registry-answer.js';

export interface RegistryResponse {
  readonly httpStatus: number;
  readonly body: string;
  /** The header as received. */
  readonly retryAfter?: string | undefined;
}

const UNINTELLIGIBLE: RegistryAnswer = { kind: 'unavailable', cause: 'unreachable' };

/** Whatever is not exactly an answer of the protocol (a proxy's page, a truncated body) is no answer. */
export function readAnswer(response: RegistryResponse): RegistryAnswer {
  const body = parseJson(response.body);
  return response.httpStatus === 200 ? readComparison(body) : readRefusal(response, body);
}

function readComparison(body: unknown): RegistryAnswer {
  const parsed = faceComparison.safeParse(body);
  if (!parsed.success) return UNINTELLIGIBLE;
  const { transactionId, verdict, matchScore } = parsed.data;
  return { kind: 'compared', transactionId, verdict, matchScore };
}

function readRefusal(response: RegistryResponse, body: unknown): RegistryAnswer {
  const parsed = registryRefusal.safeParse(body);
  const code = parsed.data && findAnswerCode(parsed.data.responseCode);
  // The status has to agree with the code: together they show that the protocol's other side wrote this.
  if (!parsed.success || code?.httpStatus !== response.httpStatus) return UNINTELLIGIBLE;
  const { responseCode: registryCode, transactionId } = parsed.data;
  const { consequence } = code;
  switch (consequence.kind) {
    case 'refuse':
      return { kind: 'refused', transactionId, registryCode, reason: consequence.reason };
    case 'park':
      return {
        kind: 'unavailable',
        cause: consequence.cause,
        registryCode,
        ...patience(response.retryAfter),
      };
    case 'configuration-fault':
      return { kind: 'unavailable', cause: 'access-refused', registryCode, needsEngineer: true };
  }
}

const LONGEST_PATIENCE_SECONDS = 3_600;

/** Retry-After in seconds; the form with a date is not part of the protocol. */
function patience(retryAfter: string | undefined): { readonly retryAfterMs?: number } {
  if (!retryAfter || !/^\d{1,6}$/.test(retryAfter)) return {};
  return { retryAfterMs: Math.min(Number(retryAfter), LONGEST_PATIENCE_SECONDS) * 1_000 };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
