import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyServerOptions } from 'fastify';
import { CasesUnderWay } from '../application/cases-under-way.js';
import { DecisionWaiters } from '../application/decision-waiters.js';
import type { CaptureIntakeConfig } from '../config.js';
import { serveOpenApi } from '../openapi/serve-open-api.js';
import { admission } from './admission.js';
import { MOST_PARTS } from './multipart-upload.js';
import { OperatorKeys } from './operator-keys.js';
import { answerEverybodyOnClose } from './stopping.js';
import { UploadsInFlight } from './uploads-in-flight.js';
import { closeAfterAnswer } from './unread-body.js';

/** What its boundary and headers may add to a part. */
const FRAMING_BYTES = 1024;

/** Far more than operators' systems open; each costs memory before its key is known. */
const MOST_CONNECTIONS = 1024;
const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than the longest wait for a decision, during which nothing is sent. */
const IDLE_MS = 60_000;

/** Fastify's own defaults wait for a slow body for ever. */
export function serverOptions(config: CaptureIntakeConfig): FastifyServerOptions {
  return {
    // Bodies other than multipart, which this API does not read at all.
    bodyLimit: config.MAX_REQUEST_BYTES,
    requestTimeout: config.UPLOAD_TIMEOUT_MS,
    connectionTimeout: IDLE_MS,
  };
}

export async function prepareHttp(app: NestFastifyApplication, config: CaptureIntakeConfig): Promise<void> {
  const server = app.getHttpServer();
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.maxConnections = MOST_CONNECTIONS;
  await app.register(helmet, {
    // The page at /openapi is also read over plain HTTP, on a laptop.
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  });
  await app.register(multipart, {
    isPartAFile: () => true,
    throwFileSizeLimit: false,
    limits: {
      parts: MOST_PARTS,
      fieldNameSize: 64,
      fileSize: Math.max(config.MAX_IMAGE_BYTES, config.MAX_BURST_BYTES) + 1,
    },
  });
  const mostContent = config.MAX_IMAGE_BYTES + config.MAX_REQUEST_BYTES + config.MAX_BURST_BYTES;
  const mostBodyBytes = mostContent + MOST_PARTS * FRAMING_BYTES;
  const uploads = new UploadsInFlight(config.MAX_UPLOAD_BYTES_IN_FLIGHT);
  const gate = {
    keys: app.get(OperatorKeys),
    mostBodyBytes,
    requiresIdempotencyKey: config.REQUIRE_IDEMPOTENCY_KEY,
    uploads,
    underWay: app.get(CasesUnderWay),
  };
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', admission(gate))
    .addHook('onSend', closeAfterAnswer);
  answerEverybodyOnClose(app, app.get(DecisionWaiters));
  serveOpenApi(app);
}
