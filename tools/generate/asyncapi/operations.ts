import { consumersOf, type Asker, type EventContract, type QueryContract } from '@absah/contracts';

interface Operation {
  readonly action: 'send' | 'receive';
  readonly channel: { readonly $ref: string };
  readonly summary: string;
  readonly tags: readonly { readonly name: Asker }[];
  readonly reply?: { readonly channel: { readonly $ref: string } };
}

type Named = readonly [string, Operation];

export function eventOperations(events: readonly EventContract[]): Record<string, Operation> {
  return Object.fromEntries(events.flatMap((event) => [sent(event), ...received(event)]));
}

function sent({ name, owner }: EventContract): Named {
  return [`${owner}-sends-${name}`, operation('send', owner, name)];
}

function received(event: EventContract): readonly Named[] {
  return consumersOf(event).map((service) => [
    `${service}-receives-${event.name}`,
    operation('receive', service, event.name),
  ]);
}

export function queryOperations(queries: readonly QueryContract[]): Record<string, Operation> {
  return Object.fromEntries(
    queries.flatMap((query): Named[] => [
      [`${query.owner}-answers-${query.name}`, withReply('receive', query.owner, query.name)],
      ...query.askedBy.map((asker): Named => [
        `${asker}-asks-${query.name}`,
        withReply('send', asker, query.name),
      ]),
    ]),
  );
}

function withReply(action: Operation['action'], service: Asker, name: string): Operation {
  return { ...operation(action, service, name), reply: { channel: { $ref: `#/channels/${name}Reply` } } };
}

function operation(action: Operation['action'], service: Asker, name: string): Operation {
  return {
    action,
    channel: { $ref: `#/channels/${name}` },
    summary: `${service} ${action}s ${name}`,
    tags: [{ name: service }],
  };
}
