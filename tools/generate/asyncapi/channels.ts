import type { EventContract, QueryContract } from '@absah/contracts';

interface Channel {
  readonly address: string | null;
  readonly description: string;
  readonly messages: Readonly<Record<string, { readonly $ref: string }>>;
}

export function eventChannels(events: readonly EventContract[]): Record<string, Channel> {
  const named = events.map(({ name, subject, summary }) => [name, channel(subject, summary, name)] as const);
  return Object.fromEntries(named);
}

/** The reply goes to an inbox that the asking client makes up, so its channel has no address. */
export function queryChannels(queries: readonly QueryContract[]): Record<string, Channel> {
  const named = queries.flatMap(({ name, subject, summary }) => [
    [name, channel(subject, summary, name)] as const,
    [`${name}Reply`, channel(null, `Answer to ${name}`, `${name}Reply`)] as const,
  ]);
  return Object.fromEntries(named);
}

function channel(address: string | null, description: string, message: string): Channel {
  return { address, description, messages: { [message]: { $ref: `#/components/messages/${message}` } } };
}
