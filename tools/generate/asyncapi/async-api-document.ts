import { EVENT_STREAM, EVENTS, QUERIES } from '@absah/contracts';
import { eventChannels, queryChannels } from './channels.js';
import { envelopeHeaders } from './envelope-headers.js';
import { eventMessages, queryMessages } from './messages.js';
import { eventOperations, queryOperations } from './operations.js';

/** Every subject, payload and version, and which service sends or receives it (AsyncAPI 3.0). */
export function asyncApiDocument() {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Absah message bus',
      version: '1.0.0',
      description:
        'Events are facts of their owner, delivered at least once and in no promised order; consumers ' +
        'recognise a repetition by its message id. Queries are answered now, over request/reply.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      broker: {
        host: 'localhost:4222',
        protocol: 'nats',
        description: `NATS with JetStream. Events are in the stream ${EVENT_STREAM}.`,
      },
    },
    channels: { ...eventChannels(EVENTS), ...queryChannels(QUERIES) },
    operations: { ...eventOperations(EVENTS), ...queryOperations(QUERIES) },
    components: {
      messages: { ...eventMessages(EVENTS), ...queryMessages(QUERIES) },
      messageTraits: { Envelope: { headers: envelopeHeaders() } },
    },
  };
}
