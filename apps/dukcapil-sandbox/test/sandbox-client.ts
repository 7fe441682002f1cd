import { randomBytes } from 'node:crypto';
import { encodeTemplate } from '@absah/biometrics';
import { startService, type RunningService } from '@absah/service-kit';
import { createTestDatabase } from '@absah/testing';
import { dukcapilSandboxService } from '../src/dukcapil-sandbox.service.js';

export const MODEL_CHAIN = 'test-chain.1';

const DIMENSIONS = 512;

/** A template whose cosine with `faceAt(1)` is the given one: faces without pictures. */
export function faceAt(cosine: number, modelChain = MODEL_CHAIN): Uint8Array {
  const embedding = new Float32Array(DIMENSIONS);
  embedding[0] = cosine;
  embedding[1] = Math.sqrt(1 - cosine * cosine);
  return encodeTemplate({ modelChain, embedding });
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface SandboxUnderTest {
  readonly env: Readonly<Record<string, string>>;
  readonly url: () => string;
  readonly databaseUrl: string;
  /** Comes back at the same address, as a registry does. */
  up(): Promise<void>;
  down(): Promise<void>;
  dispose(): Promise<void>;
}

/** The sandbox over real HTTP, on a database of its own. */
export async function startSandbox(
  settings: Readonly<Record<string, string>> = {},
): Promise<SandboxUnderTest> {
  const database = await createTestDatabase();
  const env = {
    SANDBOX_KEY: randomBytes(32).toString('base64'),
    IKD_USER: 'gateway',
    IKD_PASSWORD: 'gateway-password',
    BALIKAN_TOKEN: 'balikan-token',
    ADMIN_TOKEN: 'admin-token',
    LOG_LEVEL: 'error',
    DATABASE_URL: database.url,
    ...settings,
  };
  let running: RunningService | undefined = await startService(dukcapilSandboxService, env);
  const { url } = running;
  const down = async () => {
    await running?.close();
    running = undefined;
  };
  return {
    env,
    url: () => url,
    databaseUrl: database.url,
    up: async () => {
      running = await startService(dukcapilSandboxService, { ...env, HTTP_PORT: new URL(url).port });
    },
    down,
    dispose: async () => {
      await down();
      await database.drop();
    },
  };
}

export class SandboxClient {
  constructor(private readonly sandbox: Pick<SandboxUnderTest, 'env' | 'url'>) {}

  async enrol(nik: string, template: Uint8Array, condition = 'none'): Promise<void> {
    const body = { nik, name: 'CONTOH SATU', template: base64(template), condition };
    this.expect(204, await this.admin('PUT', '/sandbox/v1/people', body));
  }

  async script(nik: string, condition: string): Promise<void> {
    this.expect(204, await this.admin('PUT', '/sandbox/v1/people/condition', { nik, condition }));
  }

  async received(nik: string): Promise<Reply> {
    return this.admin('POST', '/sandbox/v1/balikan/search', { nik });
  }

  async admin(
    method: string,
    path: string,
    body?: unknown,
    token = this.sandbox.env['ADMIN_TOKEN'],
  ): Promise<Reply> {
    return this.call(method, path, `Bearer ${token}`, body);
  }

  async call(
    method: string,
    path: string,
    authorization: string | undefined,
    body?: unknown,
  ): Promise<Reply> {
    const response = await fetch(this.sandbox.url() + path, {
      method,
      headers: {
        ...(authorization && { authorization }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(5_000),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, body: json ? (JSON.parse(text) as Reply['body']) : { text } };
  }

  private expect(status: number, reply: Reply): void {
    if (reply.status !== status)
      throw new Error(`sandbox answered ${reply.status}: ${String(reply.body['code'])}`);
  }
}
