import {
  institutionParameters,
  PARAMETERS_PATH,
  PHONE_PARAMETER,
  readStoreAnswer,
  STORE_PATH,
  type StoreRequest,
} from '@absah/registry-protocol';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { clientTls } from '@absah/transport-security';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'undici';
import type { FeedbackRegistry, OpenRow } from '../application/ports.js';
import type { DataBalikanConfig } from '../config.js';
import type { CallAnswer } from '../domain/next-step.js';

interface Response {
  readonly httpStatus: number;
  readonly body: unknown;
}

const MAX_ANSWER_BYTES = 65_536;
const NO_ANSWER: CallAnswer = { kind: 'unavailable', needsEngineer: false };
const NEEDS_ENGINEER: CallAnswer = { kind: 'unavailable', needsEngineer: true };
const REFUSED_ACCESS = [401, 403, 404];

/** Data balikan over the registry's web service: `getparam_bylembaga` once, then `store` (B1). */
@Injectable()
export class WebServiceDriver implements FeedbackRegistry, OnApplicationShutdown {
  private readonly pool: Pool;
  private readonly prefix: string;
  private parametersConfirmed = false;

  constructor(@Inject(SERVICE_CONFIG) private readonly config: DataBalikanConfig) {
    const base = new URL(config.BALIKAN_URL);
    this.prefix = base.pathname.replace(/\/$/, '');
    this.pool = new Pool(base.origin, {
      connections: 2,
      connectTimeout: config.REGISTRY_TIMEOUT_MS,
      maxResponseSize: MAX_ANSWER_BYTES,
      connect: clientTls({
        caFile: config.BALIKAN_CA_FILE,
        certFile: config.BALIKAN_CLIENT_CERT_FILE,
        keyFile: config.BALIKAN_CLIENT_KEY_FILE,
      }),
    });
  }

  async store(rows: readonly OpenRow[]): Promise<CallAnswer> {
    const obstacle = await this.confirmParameters();
    if (obstacle) return obstacle;
    const response = await this.call('POST', STORE_PATH, this.toBody(rows));
    if (!response) return NO_ANSWER;
    const outcome = readStoreAnswer(response.httpStatus, response.body);
    switch (outcome) {
      case 'stored':
      case 'already-sent':
        return { kind: outcome };
      case 'malformed':
      case 'nik-unknown':
        return { kind: 'row-refused', cause: outcome };
      case 'institution-unknown':
        return NEEDS_ENGINEER;
      case undefined:
        return noProperAnswer(response);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.destroy();
  }

  /** The registry sets the parameters per institution: rows with others would all be refused. */
  private async confirmParameters(): Promise<CallAnswer | undefined> {
    if (this.parametersConfirmed) return undefined;
    const response = await this.call('GET', `${PARAMETERS_PATH}?id_lembaga=${this.config.INSTITUTION_CODE}`);
    if (!response) return NO_ANSWER;
    const parameters =
      response.httpStatus === 200 ? institutionParameters.safeParse(response.body) : undefined;
    if (!parameters?.success) return noProperAnswer(response);
    if (!parameters.data.param.includes(PHONE_PARAMETER)) return NEEDS_ENGINEER;
    this.parametersConfirmed = true;
    return undefined;
  }

  /** Undefined when there was no complete answer in time; nothing of the error is kept: it may quote the request. */
  private async call(
    method: 'GET' | 'POST',
    path: string,
    body?: StoreRequest,
  ): Promise<Response | undefined> {
    try {
      const response = await this.pool.request({
        method,
        path: this.prefix + path,
        headers: {
          authorization: `Bearer ${this.config.BALIKAN_TOKEN.reveal()}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        body: body ? JSON.stringify(body) : null,
        signal: AbortSignal.timeout(this.config.REGISTRY_TIMEOUT_MS),
      });
      return { httpStatus: response.statusCode, body: parseJson(await response.body.text()) };
    } catch {
      return undefined;
    }
  }

  private toBody(rows: readonly OpenRow[]): StoreRequest {
    return [
      {
        id_lembaga: this.config.INSTITUTION_CODE,
        nama_lembaga: this.config.INSTITUTION_NAME,
        data: rows.map(({ nik, msisdn }) => ({ NIK: nik, param: [{ [PHONE_PARAMETER]: msisdn }] })),
      },
    ];
  }
}

/** Waiting ends an outage, but not refused credentials or a wrong address. */
function noProperAnswer({ httpStatus }: Response): CallAnswer {
  return REFUSED_ACCESS.includes(httpStatus) || httpStatus === 400 ? NEEDS_ENGINEER : NO_ANSWER;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
