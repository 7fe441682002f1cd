import { FACE_VERIFICATION_PATH, type FaceVerificationRequest } from '@absah/registry-protocol';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { clientTls } from '@absah/transport-security';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'undici';
import type { IdentityQuestion, IdentityRegistry } from '../application/ports.js';
import type { IkdGatewayConfig } from '../config.js';
import type { RegistryAnswer } from '../domain/registry-answer.js';
import { readAnswer } from './read-answer.js';

const MAX_ANSWER_BYTES = 16_384;
const KEEP_ALIVE_MS = 30_000;

/** Driver `template`: NIK and template in, verdict and score out (G1). */
@Injectable()
export class TemplateDriver implements IdentityRegistry, OnApplicationShutdown {
  private readonly pool: Pool;
  private readonly path: string;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(@Inject(SERVICE_CONFIG) config: IkdGatewayConfig) {
    const base = new URL(config.IKD_URL);
    this.path = base.pathname.replace(/\/$/, '') + FACE_VERIFICATION_PATH;
    this.headers = {
      'content-type': 'application/json',
      authorization: basic(config.IKD_USER, config.IKD_PASSWORD.reveal()),
    };
    this.pool = new Pool(base.origin, {
      connections: config.REGISTRY_CONNECTIONS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectTimeout: config.REGISTRY_TIMEOUT_MS,
      maxResponseSize: MAX_ANSWER_BYTES,
      connect: clientTls({
        caFile: config.IKD_CA_FILE,
        certFile: config.IKD_CLIENT_CERT_FILE,
        keyFile: config.IKD_CLIENT_KEY_FILE,
      }),
    });
  }

  /** `signal` covers connecting, waiting and reading: a registry that trickles its answer is late, too. */
  async verify(question: IdentityQuestion, signal: AbortSignal): Promise<RegistryAnswer> {
    try {
      const { statusCode, headers, body } = await this.pool.request({
        method: 'POST',
        path: this.path,
        headers: this.headers,
        body: toBody(question),
        signal,
      });
      const retryAfter = headers['retry-after'];
      return readAnswer({
        httpStatus: statusCode,
        body: await body.text(),
        retryAfter: retryAfter?.toString(),
      });
    } catch {
      // Nothing of the error is kept: it may quote the request.
      return { kind: 'unavailable', cause: signal.aborted ? 'timed-out' : 'unreachable' };
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.destroy();
  }
}

function toBody({ transactionId, nik, template, modelChain, threshold }: IdentityQuestion): string {
  const encoded = Buffer.from(template.buffer, template.byteOffset, template.byteLength).toString('base64');
  const request: FaceVerificationRequest = { transactionId, nik, template: encoded, modelChain, threshold };
  return JSON.stringify(request);
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
