import { EVENTS, type ShownPayload } from '@absah/contracts';
import { createHash } from 'node:crypto';

const CONTRACTS = new Map(EVENTS.map((contract) => [contract.subject as string, contract]));

/**
 * What a person at the command line may see of a payload. Only what keeps its contract is shown, since
 * only of that we know what its fields are; a garbled message may hold anything.
 */
export function showPayload(subject: string, payload: Uint8Array): ShownPayload {
  const parsed = CONTRACTS.get(subject)?.payload.safeParse(parseJson(payload));
  if (!parsed?.success) {
    const sha256 = createHash('sha256').update(payload).digest('hex');
    return { kind: 'unreadable', byteLength: payload.length, sha256 };
  }
  const fields = Object.entries(parsed.data as Record<string, unknown>).map(([name, value]) => [
    name,
    name.startsWith('sealed') ? '[sealed]' : value,
  ]);
  return { kind: 'fields', fields: Object.fromEntries(fields) as Record<string, unknown> };
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return undefined;
  }
}
