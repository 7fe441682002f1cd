import {
  CONSUMES,
  OPERATOR,
  QUERIES,
  INBOX_MISSING,
  type EventContract,
  type ServiceName,
} from '@absah/contracts';
import { Answer, Consume, ConsumeEverything, TellUnrecorded, type RecordedEvent } from '@absah/messaging';
import { Controller, type Type } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';

type Heard = (subject: string) => void;

/** Handlers for everything that the topology gives a service, which only tell what they heard. */
export function allHandlers(service: ServiceName, heard: Heard): Type[] {
  const consumed = CONSUMES[service];
  // The transport answers by itself what an operator may ask, and what was taken.
  const answered = QUERIES.filter(
    (query) =>
      query.owner === service && !query.askedBy.includes(OPERATOR) && query !== INBOX_MISSING[service],
  );
  return [
    ...(consumed === 'everything'
      ? [everythingHandler(heard)]
      : consumed.map((event) => eventHandler(event, heard))),
    ...answered.map((query) => {
      @Controller()
      class Answers {
        @Answer(query)
        async answer(): Promise<unknown> {
          heard(query.subject);
          return { kind: 'missing' };
        }
      }
      return Answers;
    }),
  ];
}

function eventHandler(event: EventContract, heard: Heard): Type {
  @Controller()
  class Handler {
    @Consume(event)
    async handle(): Promise<void> {
      heard(event.subject);
    }
  }
  return Handler;
}

function everythingHandler(heard: Heard): Type {
  @Controller()
  class Handler {
    @ConsumeEverything()
    async handle(@Payload() batch: readonly RecordedEvent[]): Promise<void> {
      for (const { subject } of batch) heard(subject);
    }

    @TellUnrecorded()
    async unrecorded(): Promise<readonly string[]> {
      return [];
    }
  }
  return Handler;
}
