import { clientTls } from '@absah/transport-security';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';

/** A broker that answers none of these is given up after three times as long, and connected to anew. */
const PING_EVERY_MS = 5_000;
const MOST_PINGS_UNANSWERED = 2;

/** Ample for what is on its way to a broker that answers. */
const DRAIN_TIMEOUT_MS = 5_000;

export interface NatsSettings {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Of whoever issued the broker's certificate; in the clear when left out. */
  readonly caFile?: string | undefined;
}

/** Reconnects for ever: a service without its broker waits, and its health check says so. */
export async function connectNats(settings: NatsSettings, clientName: string): Promise<NatsConnection> {
  return connect({
    servers: settings.url,
    user: settings.user,
    pass: settings.password,
    name: clientName,
    ...(settings.caFile !== undefined && { tls: tlsOptions(settings.url, settings.caFile) }),
    // Replies arrive below a prefix of its own, so that no service can listen to another's.
    inboxPrefix: inboxPrefix(clientName),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    // A frozen broker, or a network that drops everything, closes no connection.
    pingInterval: PING_EVERY_MS,
    maxPingOut: MOST_PINGS_UNANSWERED,
    waitOnFirstConnect: false,
    // A password that is being changed refuses for a while; the client would give up for ever.
    ignoreAuthErrorAbort: true,
    // The client would record a stack for each request and each published event.
    noAsyncTraces: true,
  });
}

/** Sends what is left, if there is somebody to send it to: the client by itself would wait for ever. */
export async function disconnectNats(connection: NatsConnection): Promise<void> {
  const patience = new AbortController();
  const { signal } = patience;
  const drained = connection.drain().catch(() => undefined);
  await Promise.race([drained, sleep(DRAIN_TIMEOUT_MS, undefined, { signal }).catch(() => undefined)]);
  patience.abort();
  await connection.close();
}

/**
 * The client hands these to Node as they are. For an address without a name it would leave Node to check
 * the certificate against `localhost`, so the host is given, too.
 */
function tlsOptions(url: string, caFile: string) {
  return { ...clientTls({ caFile }), host: new URL(url).hostname.replace(/^\[|\]$/g, '') };
}

export function inboxPrefix(clientName: string): string {
  return `_INBOX.${clientName}`;
}
