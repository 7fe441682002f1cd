import {
  CAPTURE_ACCESS,
  CAPTURE_STREAM,
  captureSubject,
  CONSUMES,
  EVENT_STREAM,
  EVENTS,
  OPERATOR,
  QUERIES,
  SERVICE_NAMES,
  type CaptureKind,
  type ServiceName,
} from '@absah/contracts';

export type BrokerUser = ServiceName | typeof OPERATOR;

export const BROKER_USERS: readonly BrokerUser[] = [...SERVICE_NAMES, OPERATOR];

/** One thing that somebody could try at the broker, and who may. */
export interface Attempt {
  /** The row of the table that it belongs to. */
  readonly row: string;
  readonly operation: 'publish' | 'subscription';
  readonly subject: string;
  readonly allowedTo: readonly BrokerUser[];
}

const NOBODY: readonly BrokerUser[] = [];
const KINDS: readonly CaptureKind[] = ['image', 'burst', 'face'];
/** Some capture; whoever may touch one of a kind may touch each whose id it knows. */
const CAPTURE_ID = '0198c0de-0000-7000-8000-000000000000';

/**
 * Everything worth trying, with the answer that the topology gives. On purpose not made from the
 * permissions, which are what the broker is told: a test holds the two against each other.
 */
export function attempts(): readonly Attempt[] {
  return [
    ...events(),
    ...queries(),
    ...captures(),
    ...durables(),
    ...streams(),
    ...administration(),
    ...inboxes(),
  ];
}

function publish(row: string, subject: string, allowedTo: readonly BrokerUser[] = NOBODY): Attempt {
  return { row, operation: 'publish', subject, allowedTo };
}

function subscription(row: string, subject: string, allowedTo: readonly BrokerUser[] = NOBODY): Attempt {
  return { row, operation: 'subscription', subject, allowedTo };
}

function events(): Attempt[] {
  const said = EVENTS.map(({ subject, owner }) => publish(`say \`${subject}\``, subject, [owner]));
  const heard = EVENTS.map(({ subject, name, owner }) =>
    // Replicas of the intake wake each other's waiting requests.
    subscription('hear an event past the stream', subject, name.startsWith('CaseDecided') ? [owner] : NOBODY),
  );
  return [...said, ...heard, subscription('hear all events past the stream', 'evt.>')];
}

function queries(): Attempt[] {
  return QUERIES.flatMap(({ subject, owner, askedBy }) => [
    publish(`ask \`${subject}\``, subject, askedBy),
    subscription(`answer \`${subject}\``, subject, [owner]),
  ]);
}

function captures(): Attempt[] {
  const whoMay = (test: (access: NonNullable<(typeof CAPTURE_ACCESS)[ServiceName]>) => boolean) =>
    SERVICE_NAMES.filter((service) => {
      const access = CAPTURE_ACCESS[service];
      return access !== undefined && test(access);
    });
  const perKind = KINDS.flatMap((kind) => {
    const subject = captureSubject(CAPTURE_ID, kind);
    return [
      publish(
        `put a sealed ${kind}`,
        subject,
        whoMay(({ put }) => put.includes(kind)),
      ),
      publish(
        `read a sealed ${kind}`,
        `$JS.API.DIRECT.GET.${CAPTURE_STREAM}.${subject}`,
        whoMay(({ get }) => get.includes(kind)),
      ),
    ];
  });
  return [
    ...perKind,
    publish(
      'purge captures',
      `$JS.API.STREAM.PURGE.${CAPTURE_STREAM}`,
      whoMay(({ purge }) => purge),
    ),
    subscription('hear captures past the stream', 'captures.>'),
  ];
}

/** Each durable consumer with every way to use it, for its own service alone. */
function durables(): Attempt[] {
  return SERVICE_NAMES.flatMap((service) => {
    const consumed = CONSUMES[service];
    const filters = consumed === 'everything' ? [''] : consumed.map(({ subject }) => `.${subject}`);
    const names = consumed === 'everything' ? ['everything'] : consumed.map(({ name }) => name);
    return names.flatMap((name, index) => {
      const durable = `${EVENT_STREAM}.${service}-${name}`;
      const row = `use the consumers of ${service}`;
      return [
        publish(row, `$JS.API.CONSUMER.CREATE.${durable}${filters[index]}`, [service]),
        publish(row, `$JS.API.CONSUMER.INFO.${durable}`, [service]),
        publish(row, `$JS.API.CONSUMER.MSG.NEXT.${durable}`, [service]),
        publish(row, `$JS.ACK.${durable}.1.2.3.4.5`, [service]),
        publish('change or delete a consumer', `$JS.API.CONSUMER.DELETE.${durable}`),
        publish('change or delete a consumer', `$JS.API.CONSUMER.DURABLE.CREATE.${durable}`),
        publish('change or delete a consumer', `$JS.API.CONSUMER.PAUSE.${durable}`),
      ];
    });
  });
}

/** What a service needs to make a stream again that a broker lost; an existing one stays as it is. */
function streams(): Attempt[] {
  const holders = SERVICE_NAMES.filter((service) => CAPTURE_ACCESS[service]);
  return ['INFO', 'CREATE'].flatMap((verb) => [
    publish(`see or make again \`${EVENT_STREAM}\``, `$JS.API.STREAM.${verb}.${EVENT_STREAM}`, SERVICE_NAMES),
    publish(`see or make again \`${CAPTURE_STREAM}\``, `$JS.API.STREAM.${verb}.${CAPTURE_STREAM}`, holders),
  ]);
}

function administration(): Attempt[] {
  const perStream = [EVENT_STREAM, CAPTURE_STREAM].flatMap((stream) => [
    ...[
      'DELETE',
      'UPDATE',
      'MSG.GET',
      'MSG.DELETE',
      'SNAPSHOT',
      'RESTORE',
      'LEADER.STEPDOWN',
      'PEER.REMOVE',
    ].map((verb) => publish('administer a stream', `$JS.API.STREAM.${verb}.${stream}`)),
    publish('make a consumer of its own', `$JS.API.CONSUMER.CREATE.${stream}`),
    publish('make a consumer of its own', `$JS.API.CONSUMER.CREATE.${stream}.mine`),
    publish('make a consumer of its own', `$JS.API.CONSUMER.CREATE.${stream}.mine.>`),
    publish('list consumers', `$JS.API.CONSUMER.LIST.${stream}`),
    publish('list consumers', `$JS.API.CONSUMER.NAMES.${stream}`),
  ]);
  return [
    ...perStream,
    publish('purge events', `$JS.API.STREAM.PURGE.${EVENT_STREAM}`),
    publish('read an event past its consumers', `$JS.API.DIRECT.GET.${EVENT_STREAM}`),
    ...EVENTS.map(({ subject }) =>
      publish('read an event past its consumers', `$JS.API.DIRECT.GET.${EVENT_STREAM}.${subject}`),
    ),
    publish('read a capture by its number', `$JS.API.DIRECT.GET.${CAPTURE_STREAM}`),
    publish('make another stream', '$JS.API.STREAM.CREATE.COPY'),
    publish('see the account', '$JS.API.INFO'),
    publish('see the account', '$JS.API.STREAM.LIST'),
    publish('see the account', '$JS.API.STREAM.NAMES'),
    publish('reach the system of the broker', '$SYS.REQ.SERVER.PING'),
    publish('reach the system of the broker', '$SYS.REQ.USER.INFO'),
    ...['>', '$JS.>', '$JS.API.>', '$JS.ACK.>', '$JS.EVENT.>', '$SYS.>', '*.>'].map((subject) =>
      subscription('listen in on everything', subject),
    ),
  ];
}

/** Where replies arrive: each user reads its own, and nobody puts one there unasked. */
function inboxes(): Attempt[] {
  const perUser = BROKER_USERS.flatMap((user) => [
    subscription(`hear the replies to ${user}`, `_INBOX.${user}.>`, [user]),
    publish('forge a reply', `_INBOX.${user}.forged`),
  ]);
  return [...perUser, subscription('hear the replies to everybody', '_INBOX.>')];
}
