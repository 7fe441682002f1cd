import { isIPv6, type AddressInfo } from 'node:net';
import { Server as SecureServer } from 'node:tls';
import { serverTls } from '@absah/transport-security';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyServerOptions } from 'fastify';

export interface HttpServerSettings {
  readonly config: {
    readonly HTTP_TLS_CERT_FILE?: string | undefined;
    readonly HTTP_TLS_KEY_FILE?: string | undefined;
  };
  readonly clientCaFile?: string | undefined;
  readonly fastify?: FastifyServerOptions | undefined;
}

/** Node's own patience of two minutes would let silent callers hold as many connections as they like. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** HTTPS where there is a certificate, else HTTP. */
export function httpAdapter({ config, clientCaFile, fastify }: HttpServerSettings): FastifyAdapter {
  const { HTTP_TLS_CERT_FILE: certFile, HTTP_TLS_KEY_FILE: keyFile } = config;
  const base = { forceCloseConnections: 'idle' as const, ...fastify };
  if (certFile === undefined || keyFile === undefined) return new FastifyAdapter(base);
  const https = { ...serverTls({ certFile, keyFile, clientCaFile }), handshakeTimeout: HANDSHAKE_TIMEOUT_MS };
  return new FastifyAdapter({ ...base, https });
}

/** Where the service listens, for callers on this machine. */
export function httpAddress(app: NestFastifyApplication): string {
  const server = app.getHttpServer();
  const { address, port } = server.address() as AddressInfo;
  const scheme = server instanceof SecureServer ? 'https' : 'http';
  const isEverywhere = address === '::' || address === '0.0.0.0';
  const host = isEverywhere ? '127.0.0.1' : isIPv6(address) ? `[${address}]` : address;
  return `${scheme}://${host}:${port}`;
}
