import { connect, type NatsConnection } from '@nats-io/transport-node';

export interface NatsSettings {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** Reconnects for ever: a service without its broker waits, and its health check says so. */
export async function connectNats(settings: NatsSettings, clientName: string): Promise<NatsConnection> {
  return connect({
    servers: settings.url,
    user: settings.user,
    pass: settings.password,
    name: clientName,
    // Replies arrive below a prefix of its own, so that no service can listen to another's.
    inboxPrefix: inboxPrefix(clientName),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: false,
    // A password that is being changed refuses for a while; the client would give up for ever.
    ignoreAuthErrorAbort: true,
    // The client would record a stack for each request and each published event.
    noAsyncTraces: true,
  });
}

export function inboxPrefix(clientName: string): string {
  return `_INBOX.${clientName}`;
}
