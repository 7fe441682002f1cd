import {
  CAPTURE_ACCESS,
  CAPTURE_STREAM,
  captureSubject,
  CONSUMES,
  EVENT_STREAM,
  EVENTS,
  OPERATOR,
  QUERIES,
  type ServiceName,
} from '@absah/contracts';
import { inboxPrefix } from './connect.js';
import { durableName, everythingDurableName } from './durable-name.js';

export interface BrokerPermissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
  /** May answer what it was asked, wherever the asker listens. */
  readonly allowResponses: boolean;
}

/** The command line asks; it hears no event and publishes none. */
export function operatorPermissions(): BrokerPermissions {
  return {
    publish: QUERIES.filter((query) => query.askedBy.includes(OPERATOR)).map((query) => query.subject),
    subscribe: [`${inboxPrefix(OPERATOR)}.>`],
    allowResponses: false,
  };
}

/** Everything that a service may do at the broker, made from the contracts; whatever is not named is refused. */
export function brokerPermissions(service: ServiceName): BrokerPermissions {
  const answered = QUERIES.filter((query) => query.owner === service);
  const asked = QUERIES.filter((query) => query.askedBy.includes(service));
  return {
    publish: [
      ...EVENTS.filter((event) => event.owner === service).map((event) => event.subject),
      ...asked.map((query) => query.subject),
      ...streamSubjects(EVENT_STREAM),
      ...consumerSubjects(service),
      ...captureSubjects(service),
    ],
    subscribe: [
      `${inboxPrefix(service)}.>`,
      ...answered.map((query) => query.subject),
      // An intake replica wakes its waiting requests when any replica decided.
      ...EVENTS.filter((event) => event.owner === service && event.name.startsWith('CaseDecided')).map(
        (event) => event.subject,
      ),
    ],
    allowResponses: answered.length > 0,
  };
}

function streamSubjects(stream: string): string[] {
  return [`$JS.API.STREAM.INFO.${stream}`, `$JS.API.STREAM.CREATE.${stream}`];
}

function consumerSubjects(service: ServiceName): string[] {
  const consumes = CONSUMES[service];
  if (consumes === 'everything') {
    const durable = everythingDurableName(service);
    return [`$JS.API.CONSUMER.CREATE.${EVENT_STREAM}.${durable}`, ...useOfConsumer(durable)];
  }
  return consumes.flatMap((event) => {
    const durable = durableName(service, event);
    // The filter is part of the subject, so nobody can create a consumer that hears more.
    return [`$JS.API.CONSUMER.CREATE.${EVENT_STREAM}.${durable}.${event.subject}`, ...useOfConsumer(durable)];
  });
}

function useOfConsumer(durable: string): string[] {
  return [
    `$JS.API.CONSUMER.INFO.${EVENT_STREAM}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${EVENT_STREAM}.${durable}`,
    `$JS.ACK.${EVENT_STREAM}.${durable}.>`,
  ];
}

function captureSubjects(service: ServiceName): string[] {
  const access = CAPTURE_ACCESS[service];
  if (!access) return [];
  return [
    ...streamSubjects(CAPTURE_STREAM),
    ...access.put.map((kind) => captureSubject('*', kind)),
    ...access.get.map((kind) => `$JS.API.DIRECT.GET.${CAPTURE_STREAM}.${captureSubject('*', kind)}`),
    ...(access.purge ? [`$JS.API.STREAM.PURGE.${CAPTURE_STREAM}`] : []),
  ];
}
