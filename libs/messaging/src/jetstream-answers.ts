import { JetStreamApiError } from '@nats-io/jetstream';
import { isDeepStrictEqual } from 'node:util';

export function isJetStreamError(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code;
}

/** The keys of `wanted` that the server holds otherwise; what it adds by itself does not count. */
export function differingKeys(wanted: object, actual: object): string[] {
  return Object.entries(wanted)
    .filter(([key, value]) => !isDeepStrictEqual(value, (actual as Record<string, unknown>)[key]))
    .map(([key]) => key);
}
